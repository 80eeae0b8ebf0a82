/// What a user builds: layers, models, training, serving.
module dev.gatun.layers {
    requires transitive dev.gatun.engine;

    exports dev.gatun.layers;
    exports dev.gatun.layers.graph;
    exports dev.gatun.layers.model;
    exports dev.gatun.layers.plan;
    exports dev.gatun.layers.runtime to
            dev.gatun.formats,
            dev.gatun.cli,
            dev.gatun.perf,
            dev.gatun.tests;
    exports dev.gatun.layers.type;
    exports dev.gatun.layers.serve;
    exports dev.gatun.layers.train;

    uses dev.gatun.layers.LayerType;
    uses dev.gatun.layers.model.ModelFormat;
    uses dev.gatun.layers.train.OptimizerType;
}
