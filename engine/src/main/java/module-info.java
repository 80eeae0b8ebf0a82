/// Kernels, and the plans that order them; no layers, no files.
///
/// Kernel packages are for Gatun's own modules only: what `layers` needs is exported to `dev.gatun.layers`,
/// the rest to `dev.gatun.perf` and `dev.gatun.tests`.
module dev.gatun.engine {
    requires transitive dev.gatun.memory;
    requires jdk.incubator.vector;
}
