/** Bytes, shapes and lifetimes; no arithmetic. */
module dev.gatun.memory {
    exports dev.gatun.memory;
    exports dev.gatun.memory.check to dev.gatun.data, dev.gatun.engine, dev.gatun.layers, dev.gatun.formats, dev.gatun.cli;
}
