/**
 * 1,024 words for matching words and passphrases, 10 bits each: short, common, and distinct in sound and spelling.
 *
 * The order is part of the format: the server reads this file too (crates/envelope/src/words.rs).
 */

export const WORDS = `
  able actor after again age agent ahead aim album almond amber anchor angle animal ankle answer apart apple april
  apron arch arena arrow artist aside asleep atlas attic august author autumn awake award away baby back badge bag
  bake baker ball balloon bamboo banana band barn barrel basil basket beach beam beard bed beef begin belong belt
  bench better bicycle bird biscuit bite black blade blanket blend block bloom blossom blue boat body boil bone
  bonus book border borrow bottle bottom bounce box brain branch brave bread breeze brick bridge brief bright bring
  broad broom brother brown brush bubble bucket build bulb bundle burger bus bush butter button buzz cabin cable
  cactus calm camel camera camp canal candle candy canoe canvas captain car card carpet carrot carry carve castle
  catch cattle cave ceiling celery chain chair chalk chance change chapter charm chart chase cheese cherry chess
  chest chicken child chimney chin choice choose cinema circle circus city clap class clean clear clerk clever climb
  clinic clock cloth cloud clover club coach coal coast cocoa coconut coffee collar column comb comet comic compass
  concert cookie copper copy coral cork corner cotton couch count country couple course cousin cover cow crab cradle
  crane crayon cream create creek crew cricket crisp crop cross crowd crown crumb crystal cube cup curl curtain
  curve cushion custom cycle daily dairy daisy dance daring dawn day deal deck deep dentist design detail diamond
  diary dig dinner direct dish distant dive divide doctor doll dollar dolphin donkey door double dough dozen draft
  dragon drama draw dream dress drift drill drive drum duty eager eagle early earth easel east echo edge effort egg
  elbow elder eleven elm ember energy engine enjoy enter entry equal evening exact exam example exit expert extra
  face faith family famous fan farm farmer fashion father feather fence fern field fifteen fifty figure film filter
  final find finger finish fire first fix flag flame flash flight float floor flow flute fly foam focus fog fold
  follow foot forest forget forty forward fossil found frame free fresh friday friend frog front frost frozen fruit
  fuel funny future galaxy gallery game garage garden garlic gather general gentle giant gift ginger giraffe glad
  glass globe glove golf good grace grain grand grape graph grass gravity gravy green grid grocery ground group grow
  guard guess guest guide guitar habit half hammer handle happy harp harvest hawk hazel head health heart hedge
  height helmet help herb high hill hint hippo history hobby hockey holiday home honest honey horn horse host hotel
  house hug human humble hundred hurry icon idea igloo image inch index indoor ink inside invite island item ivory
  ivy jacket jaguar january jazz jeans jelly jewel job join joke journal journey judge juice july jump june jungle
  junior kettle key kick king kitchen kitten kiwi koala label ladder lamb lane lantern large laugh laundry leaf
  learn least leather leave lecture left legend lemon length lens leopard lesson letter level lever library lid life
  light lily limit linen lion list listen little lizard llama load lobster local lock long loop lot love loyal lucky
  lunch lyric machine magic magnet mango map maple marble march margin market master match math matter mayor meadow
  measure medal melody melon member memory menu metal method middle mild million minute mirror model modern moment
  monday money monkey month moon morning motel mother motion mouth movie muffin museum music mustard nail narrow
  nation nature navy near need needle nephew nest net never news nice ninety noble noise normal north nose nothing
  novel number nurse oak oasis object ocean october off offer office often oil olive onion opal open opera orange
  orbit orchard order organ otter outdoor owner oxygen oyster paddle page paint palace pancake panda panel panther
  paper parade parcel parent park parrot party pass pasta pastel patient pattern peanut pearl pebble pedal pen
  pencil penguin people pepper perfect person phone photo piano picnic picture pie pigeon pillow pilot pine pirate
  pizza place plan planet plant plate plenty plum pocket poem point polar polish polite pond pool popcorn porch port
  potato pottery pouch powder power praise present pretty price pride prince print prize problem produce promise
  proper proud public pudding pumpkin pupil puppet puppy pure purple purse puzzle quarter queen quick quiet quilt
  quiz rabbit raccoon radar radio raft raisin ranch range rapid rare raven reach ready reason recipe record region
  relax remain rent repair repeat report rescue result return reward ribbon rich ride ripple river roast robin robot
  rocket roof rooster rope round royal rubber rule ruler run rural saddle safari safe salad salmon salt sample
  sandal satin sausage scale school science scooter score scout screen script search season second seldom select
  senior series seven shade shadow shape share shark shed sheet shelf shell shelter sheriff shine ship shirt shoe
  shore short shovel shower shrimp sign signal silent silk silver simple single sister sixty size skate skill skirt
  sky sleep sleeve slice slide slipper small smart smile smooth snack snail snow soap soccer social sofa solar solid
  sound south space spare spark speak special speed spell sphere spice spin spinach spiral splash spoon sport spot
  spray spread spring square squash stable stadium staff stage stamp stand star start state station statue steady
  steam step stick stone stool store storm story stream street student studio study style subject sugar suit summer
  sunday sunset supper supply surf sweater swim swing switch symbol system table tablet talent talk tape target
  taste taxi teach teapot tell temple tennis thank theme think third thirty thread three thumb ticket tidy tiger
  timber time title toast today tomato tooth top topic torch total touch tower track tractor trade traffic trail
  train travel tray treat trip truck true trumpet trunk trust truth try tuesday tulip tuna tunnel turkey turn turtle
  twelve twenty twice twig uncle under unicorn uniform unique unit until upper urban use useful usual vacuum valley
  vanilla vault velvet video view village vinyl violet violin vitamin voice volcano volume vote wagon wallet walnut
  walrus want wash watch water wax wedding wheat wheel whisper whistle white willow win window winner winter wise
  wonder word world wrap wrist yellow yes yogurt young zebra zero zoo zoom
`
  .trim()
  .split(/\s+/);
