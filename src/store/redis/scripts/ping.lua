#!lua flags=allow-oom
return {KEYS[1], 1}
