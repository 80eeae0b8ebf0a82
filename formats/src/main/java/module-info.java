/// Model and tensor files, in and out.
module dev.gatun.formats {
    requires transitive dev.gatun.layers;
    requires com.fasterxml.jackson.core;
    requires io.jhdf;

    exports dev.gatun.formats;
    exports dev.gatun.formats.gatun;
    exports dev.gatun.formats.keras;
    exports dev.gatun.formats.tensors;

    provides dev.gatun.layers.model.ModelFormat with
            dev.gatun.formats.gatun.GatunFormat,
            dev.gatun.formats.keras.KerasFormat;
}
