/// What a user builds: layers, models, training, serving.
///
/// `requires transitive dev.gatun.engine` is for layers of a user's own: their contract (`BuiltLayer`, `Operation`,
/// `WeightSpec`) is written in rows, layouts and threads of the engine. What everybody else calls shows none of it (`FaceTest`).
module dev.gatun.layers {
    requires transitive dev.gatun.engine;
    requires transitive dev.gatun.memory;

    exports dev.gatun.layers;
    exports dev.gatun.layers.cell;
    exports dev.gatun.layers.graph;
    exports dev.gatun.layers.model;
    exports dev.gatun.layers.nested;
    exports dev.gatun.layers.onnx;
    exports dev.gatun.layers.plan;
    exports dev.gatun.layers.runtime to dev.gatun.formats, dev.gatun.cli, dev.gatun.perf, dev.gatun.tests;
    exports dev.gatun.layers.type;
    exports dev.gatun.layers.serve;
    exports dev.gatun.layers.train;
    exports dev.gatun.layers.value;

    uses dev.gatun.layers.LayerType;
    uses dev.gatun.layers.model.ModelReader;
    uses dev.gatun.layers.model.ModelWriter;
    uses dev.gatun.layers.train.OptimizerType;
}
