/// Model and tensor files, in and out.
module dev.gatun.formats {
    requires transitive dev.gatun.layers;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;

    exports dev.gatun.formats;
    exports dev.gatun.formats.keras;
    exports dev.gatun.formats.tensors;
}
