package dev.gatun.formats.onnx.graph;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedInputStream;
import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads ONNX files: messages of protobuf to records, checked. */
public final class OnnxParser {

    /** The oldest version of operators that is read: before it, operators said in attributes how shapes meet. */
    public static final int OLDEST_OPSET = 7;
    /** The newest version of operators that is known. */
    public static final int NEWEST_OPSET = 23;

    private static final int NEWEST_FORMAT = 13;
    /** Graphs within nodes within graphs take three levels each. */
    private static final int MOST_LEVELS = 60;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    private OnnxParser() {}

    /**
     * @throws FormatException for any file that is not a sound ONNX file of a version that is known: says why
     * @throws IOException     if the file cannot be read
     */
    public static ParsedModel parse(ModelSource source) throws IOException {
        String file = source.name();
        try (InputStream in = source.bytes()) {
            return parse(file, source.path().orElse(null), in.readNBytes(MOST_BYTES));
        } catch (OutOfMemoryError tooLarge) {
            throw new FormatException(file, "does not fit the memory of this JVM; give it more with -Xmx")
                    .because(tooLarge);
        }
    }

    private static ParsedModel parse(String file, Path path, byte[] bytes) throws FormatException {
        try {
            MessageCount.check(bytes);
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.enableAliasing(true); // Tensors stay where they are until they are made numbers.
            in.setRecursionLimit(MOST_LEVELS);
            return model(file, path, ModelProto.parseFrom(in));
        } catch (IOException damaged) {
            throw new FormatException(file, "is not a whole ONNX file: " + FormatException.reason(damaged)
                    + " Copy or download it again").because(damaged);
        } catch (IllegalArgumentException told) {
            throw new FormatException(file, FormatException.reason(told)).because(told);
        }
    }

    private static ParsedModel model(String file, Path path, ModelProto message) {
        if (message.getIrVersion() < 1 || message.getIrVersion() > NEWEST_FORMAT || !message.hasGraph()) {
            throw new IllegalArgumentException(message.hasGraph()
                    ? "is ONNX of the version " + message.getIrVersion() + " (ir_version), expected 1 to "
                            + NEWEST_FORMAT
                    : "is an ONNX file without a graph; write or download it again");
        }
        Map<String, Integer> opsets = opsets(message);
        refuseFunctions(message);
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : message.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        GraphParser parser = new GraphParser(new TensorParser(new ExternalNumbers(path)));
        String producer = (message.getProducerName() + " " + message.getProducerVersion()).strip();
        return new ParsedModel(file, message.getIrVersion(), producer, opsets,
                parser.graph(message.getGraph(), null), metadata);
    }

    private static Map<String, Integer> opsets(ModelProto message) {
        Map<String, Integer> opsets = new LinkedHashMap<>();
        for (OperatorSetIdProto opset : message.getOpsetImportList()) {
            long version = opset.getVersion();
            opsets.merge(GraphParser.domain(opset.getDomain()),
                    Math.clamp(version, -1, Integer.MAX_VALUE), Math::max);
        }
        if (!opsets.containsKey("")) {
            throw new IllegalArgumentException(
                    "does not say which version of ONNX's operators it is for (opset_import);"
                            + " copy or download it again");
        }
        int version = opsets.get("");
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
            throw new IllegalArgumentException("has ONNX's operators of version " + version + " (opset), expected "
                    + OLDEST_OPSET + " to " + NEWEST_OPSET
                    + "; write the model again with such a version, or convert it with onnx.version_converter");
        }
        return opsets;
    }

    /** An operator that the file itself defines; one that no node uses does no harm. */
    private static void refuseFunctions(ModelProto message) {
        Set<String> used = new HashSet<>();
        message.getGraph().getNodeList().forEach(node -> used.add(node.getDomain() + "." + node.getOpType()));
        for (FunctionProto function : message.getFunctionsList()) {
            if (used.contains(function.getDomain() + "." + function.getName())) {
                throw new IllegalArgumentException("defines an operator of its own, "
                        + FormatException.quote(function.getDomain() + "." + function.getName())
                        + ", which Gatun does not read; write the model again with its functions inlined"
                        + " (onnx.inliner.inline_local_functions)");
            }
        }
    }
}
