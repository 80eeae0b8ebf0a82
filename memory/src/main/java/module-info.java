/** Bytes, shapes and lifetimes; no arithmetic. */
module dev.gatun.memory {
    exports dev.gatun.memory;
}
