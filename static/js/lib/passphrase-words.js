/**
 * 512 words that passphrases use beside those of wordlist.js, whose number is part of the format of matching words.
 *
 * Short, common, and at least two letters apart from every other word of both lists.
 */

export const MORE_WORDS = `
  acorn acrobat adult advice aerial airport alarm alpha alpine anthem antler aquarium arcade arctic aspen avenue
  avocado bacon banjo banner barley bassoon bathtub battery beaver beetle berry binder birch birthday blazer bobcat
  bonfire bongo borough boulder bowling bracelet brewer broccoli bronze buckle buffalo buffer bugle bumper bungalow
  cabbage canary canyon capital cashew cashier catfish cauldron cello cement ceramic cereal champion channel chapel
  chariot cheetah chef chipmunk chorus cinnamon citrus clarinet cobalt cobra cobweb college comma compost condor
  confetti contest cottage cougar council courage coyote crater credit crescent crimson cuckoo cucumber cyclone
  cypress daffodil dahlia dazzle december decimal delta denim deputy dialogue diesel dinosaur diploma disco display
  district dodge domain domino downtown drizzle dryer duchess duckling duet dynamo earring eclipse eighty elastic
  electric elephant elevator emerald emperor envelope episode equator eraser escape espresso event explore fabric
  factory falcon festival fiesta flamingo flannel fluffy folklore forecast fortress fountain foxglove freight fringe
  frisbee furnace gadget gallon gateway gecko genius geyser glacier glider glimpse glitter glossy goblet goggles
  gopher gorilla granite granola grinder groove grotto guava gumdrop hallway hamlet hammock hamster handbag harmony
  helium heron holly horizon hurdle hybrid hydrant iceberg icicle iguana illusion impala incense indigo insect instant
  iris jackal jackpot jasmine jigsaw jogging jubilee juggler juniper justice kangaroo karate kayak kilt kimono kiosk
  knapsack knuckle ladle ladybug lagoon landmark language laser latitude lattice lavender lentil lettuce liberty lilac
  lipstick liquid logic lullaby lunar lynx macaroni mackerel magenta magnolia magpie mahogany mailbox mallard mammoth
  manatee mandolin mansion mantle marathon marigold marina mascot mattress maze meerkat merchant mercury meteor
  midnight mineral minnow miracle mocha monsoon monument moose morsel mosaic mulberry mustang napkin nectar neon
  neptune nickel nomad noodle notebook nugget nutmeg nylon oatmeal observe octagon octopus opinion orchid oregano
  origami ostrich outpost overcoat paddock pagoda pamphlet pantry papaya paprika paradise parasol parsley particle
  partner patio pavement peacock pecan pelican perfume pesto pickle pigment pinwheel pioneer pitcher pixel plaid
  plaster platform platinum plaza pliers podium polka pollen poncho postage postcard poster prairie pretzel primrose
  prism proverb pulley puma pyramid python quail quarry quartz quiver radish rainbow rainfall rascal razor recycle
  referee refresh reindeer relic remedy replica reptile retreat rhubarb rickshaw ritual rocking rodeo rosemary rotary
  rowboat rucksack rudder ruffle rugby saffron sailor salute sandbox sapling sapphire sardine saucer sauna savanna
  scallop scarlet scholar scoop scorpion scribble scroll seagull seahorse seashell seaside seaweed seesaw sequel
  sesame shampoo shamrock shepherd shoulder shuffle shutter sierra siren sketch slalom sleigh snapshot snorkel
  softball sonata soprano sorbet spaniel sparrow spatula spectrum spider sponge sprinkle sprout squid squirrel stencil
  stereo stirrup stripe strudel subway sunrise swallow syrup tadpole tandem tavern teacup teaspoon tempo terrace
  terrier textile thermos thimble throne thunder tiara tinsel token toolbox tornado tortoise toucan tourist trapeze
  treasure triangle tribune trident trinket trolley trombone trophy tropical trout tugboat tundra tunic turbine turret
  tuxedo tweed twinkle twist typhoon umbrella umpire unicycle universe upright upstairs urchin vacation vector velcro
  vendor venture veranda verse veteran victory vineyard visitor vista vivid voyage vulture waffle walkway waltz
  warbler wardrobe weekend whale whiskers wicker widget wigwam wildcat wildlife wombat woodland workshop wreath yoyo
  zenith zigzag zipper zodiac
`
  .trim()
  .split(/\s+/);
