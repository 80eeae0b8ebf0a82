/// Model and tensor files, in and out.
module dev.gatun.formats {
    requires transitive dev.gatun.layers;
}
