/// Kernels, and the plans that order them; no layers, no files.
///
/// Kernel packages are for Gatun's own modules only: what `layers` needs is exported to `dev.gatun.layers`,
/// the rest to `dev.gatun.perf` and `dev.gatun.tests`.
module dev.gatun.engine {
    requires transitive dev.gatun.memory;
    requires jdk.incubator.vector;

    exports dev.gatun.engine.block to
            dev.gatun.layers;
    exports dev.gatun.engine.cell;
    exports dev.gatun.engine.dense;
    exports dev.gatun.engine.function;
    exports dev.gatun.engine.gemm;
    exports dev.gatun.engine.orthogonal;
    exports dev.gatun.engine.rnn;
    exports dev.gatun.engine.random;
    exports dev.gatun.engine.team;
    exports dev.gatun.engine.start to
            dev.gatun.layers,
            dev.gatun.perf;
    exports dev.gatun.engine.cpu to
            dev.gatun.layers,
            dev.gatun.formats,
            dev.gatun.cli,
            dev.gatun.perf,
            dev.gatun.tests;
    exports dev.gatun.engine.kernel to
            dev.gatun.perf,
            dev.gatun.tests;
    exports dev.gatun.engine.kernel.scalar to
            dev.gatun.perf,
            dev.gatun.tests;
}
