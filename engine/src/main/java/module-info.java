/// Kernels, and the plans that order them; no layers, no files.
///
/// What an operation of a user's own layer is written with is exported to all: activation functions over rows, products and
/// the layout of weights, random numbers, the recurrent loop and its cells' contract, threads. The rest is for Gatun's own
/// modules, by name.
module dev.gatun.engine {
    requires transitive dev.gatun.memory;
    requires jdk.incubator.vector;

    exports dev.gatun.engine.function;
    exports dev.gatun.engine.gemm;
    exports dev.gatun.engine.random;
    exports dev.gatun.engine.rnn;
    exports dev.gatun.engine.team;
    exports dev.gatun.engine.block to dev.gatun.layers;
    exports dev.gatun.engine.cell to dev.gatun.layers, dev.gatun.tests;
    exports dev.gatun.engine.conv to dev.gatun.layers, dev.gatun.tests;
    exports dev.gatun.engine.cpu to dev.gatun.layers, dev.gatun.formats, dev.gatun.cli, dev.gatun.perf, dev.gatun.tests;
    exports dev.gatun.engine.dense to dev.gatun.layers, dev.gatun.tests;
    exports dev.gatun.engine.kernel to dev.gatun.perf, dev.gatun.tests;
    exports dev.gatun.engine.kernel.scalar to dev.gatun.perf, dev.gatun.tests;
    exports dev.gatun.engine.orthogonal to dev.gatun.layers, dev.gatun.tests;
    exports dev.gatun.engine.start to dev.gatun.layers, dev.gatun.formats, dev.gatun.perf;
}
