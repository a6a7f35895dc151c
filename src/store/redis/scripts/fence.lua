#!lua flags=allow-oom
redis.call('SET', KEYS[1], '', 'PX', 1)
return 1
