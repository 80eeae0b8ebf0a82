/// Model and tensor files, in and out.
///
/// jHDF is an automatic module: it cannot say what it needs, and a module that nobody asks for is not there on the
/// module path. So its four libraries are asked for here.
module dev.gatun.formats {
    requires transitive dev.gatun.layers;
    requires io.jhdf;
    requires com.ning.compress.lzf;
    requires org.apache.commons.lang3;
    requires org.lz4.java;
    requires org.slf4j;
    requires org.tribuo.util.onnx;
    requires com.google.protobuf;

    exports dev.gatun.formats;
    exports dev.gatun.formats.gatun;
    exports dev.gatun.formats.icu;
    exports dev.gatun.formats.inspect to dev.gatun.cli;
    exports dev.gatun.formats.json to dev.gatun.cli;
    exports dev.gatun.formats.keras;
    exports dev.gatun.formats.keras.legacy;
    exports dev.gatun.formats.nam;
    exports dev.gatun.formats.onnx;
    exports dev.gatun.formats.onnx.graph to dev.gatun.cli;
    exports dev.gatun.formats.rtneural;
    exports dev.gatun.formats.tensors;
    exports dev.gatun.formats.tfjs;
    exports dev.gatun.formats.torch;
    exports dev.gatun.formats.weights;

    uses dev.gatun.formats.weights.WeightReader;

    provides dev.gatun.layers.model.ModelReader with
            dev.gatun.formats.gatun.GatunFormat,
            dev.gatun.formats.keras.KerasFormat,
            dev.gatun.formats.keras.legacy.LegacyKerasFormat,
            dev.gatun.formats.tfjs.TfjsFormat,
            dev.gatun.formats.torch.TorchFormat,
            dev.gatun.formats.rtneural.RtNeuralFormat,
            dev.gatun.formats.nam.NamFormat,
            dev.gatun.formats.icu.IcuFormat,
            dev.gatun.formats.onnx.OnnxFormat;
    provides dev.gatun.layers.model.ModelWriter with
            dev.gatun.formats.gatun.GatunFormat,
            dev.gatun.formats.keras.KerasFormat,
            dev.gatun.formats.onnx.writing.OnnxWriter;
    provides dev.gatun.formats.weights.WeightReader with
            dev.gatun.formats.keras.KerasWeightReader,
            dev.gatun.formats.keras.legacy.LegacyWeightReader,
            dev.gatun.formats.torch.TorchWeightReader;
}
