#!lua flags=no-writes
local now = redis.call('TIME')[1] * 1000
return redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[1])
