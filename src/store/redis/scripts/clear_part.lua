#!lua flags=allow-oom
if redis.call('HSTRLEN', KEYS[1], ARGV[1]) == 0 then redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1
