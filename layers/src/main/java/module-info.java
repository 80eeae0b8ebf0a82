/// What a user builds: layers, models, training, serving.
module dev.gatun.layers {
    requires transitive dev.gatun.engine;
}
