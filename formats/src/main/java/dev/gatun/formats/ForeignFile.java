package dev.gatun.formats;

import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kinds of files that people have models in and Gatun does not read: what one is, and the way from it to one that is read. */
public final class ForeignFile {

    static final String TO_KERAS = "; load it in Python with Keras 3 and save it with model.save(\"name.keras\")";

    /** Whatever its name, which may be that of another kind. */
    private static final String HDF5 = "is an HDF5 file; if it is a model of Keras, read it with LegacyKerasFormat.of";
    private static final String ONNX = "is like an ONNX model, but does not begin as a whole one; copy or download it again";
    private static final String TORCH = "is a PyTorch file, which only Python can read safely" + PythonLines.STATE_DICT;
    private static final String PICKLE = "is a Python pickle, which only Python can read safely" + PythonLines.ARRAYS;
    static final String CORE_ML = "is a Core ML model; take the PyTorch or Keras model it was made from";
    static final String GRAPH = "is a TensorFlow graph, part of a SavedModel" + TO_KERAS;
    private static final String CHECKPOINT = "is a part of a TensorFlow checkpoint, which holds no model; load it into the"
            + " model in Python and save that with model.save(\"name.keras\")";
    private static final String KERAS_JSON = "is a model's configuration in JSON, without weights; give it to"
            + " LegacyKerasFormat.of with the file of its weights, or save the model with model.save(\"name.keras\")";
    private static final String HUB_JSON = "is the configuration of a model in JSON, without weights; give the file of the"
            + " weights beside it, .safetensors or .safetensors.index.json";
    private static final String EMPTY = "is empty and is not a model; copy or download it again";
    private static final String SHARDS = "is a list of Keras's files of weights without the model they belong to; build the"
            + " model and load them into it with KerasWeightsFile.load, or give the model's JSON and this file to"
            + " LegacyKerasFormat.of";

    private static final Map<String, String> BY_ENDING = new LinkedHashMap<>();

    static {
        BY_ENDING.put(".onnx", ONNX);
        BY_ENDING.put(".pt", TORCH);
        BY_ENDING.put(".pth", TORCH);
        BY_ENDING.put(".pb", GRAPH);
        BY_ENDING.put(".tflite",
                "is called a TensorFlow Lite model and does not begin as one; take the Keras model it was"
                        + " made from and save it with model.save(\"name.keras\")");
        BY_ENDING.put(".mlmodel", CORE_ML);
        BY_ENDING.put(".pdmodel", "is a program of Paddle; export the model as ONNX there (paddle2onnx)");
        BY_ENDING.put(".engine", "is a plan of TensorRT for one GPU; take the .onnx it was made from");
        BY_ENDING.put(".index", CHECKPOINT);
        BY_ENDING.put(".data-00000-of-00001", CHECKPOINT);
        BY_ENDING.put(".npz", "is called an archive of NumPy arrays and does not begin as one; save it again");
        BY_ENDING.put(".npy", "is called a NumPy array and does not begin as one; save it again");
        BY_ENDING.put(".pkl", PICKLE);
        BY_ENDING.put(".pickle", PICKLE);
        BY_ENDING.put(".joblib", PICKLE);
    }

    private static final byte[] HDF5_MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int HDF5_USER_BLOCK = 512;
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

    private ForeignFile() {}

    /**
     * What a file is, as its first bytes say or, if they say nothing, its name.
     *
     * @param source not one that Gatun reads
     * @return the rest of a sentence that begins with the file's name; empty if neither is known
     */
    public static Optional<String> explained(ModelSource source) {
        Arguments.required(source, "ForeignFile.explained", "source", "what ModelSource.of gives");
        if (source.isFolder()) {
            return source.path().flatMap(ForeignFolder::said);
        }
        if (source.start().length == 0) {
            return Optional.of(EMPTY);
        }
        Optional<String> said = byContent(source);
        if (said.isPresent()) {
            return said;
        }
        if (source.hasEnding(".pb") && TensorSignature.matches(source.start())) {
            return Optional.of("is one tensor of ONNX's, as its test data are, not a model; give the model (.onnx)");
        }
        return BY_ENDING.entrySet().stream()
                .filter(known -> source.hasEnding(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What a file is, as its first bytes say, whatever its name.
     *
     * @param source a file or a stream
     * @return the rest of a sentence that begins with the file's name; empty if they say nothing
     */
    public static Optional<String> byContent(ModelSource source) {
        Arguments.required(source, "ForeignFile.byContent", "source", "what ModelSource.of gives");
        byte[] start = source.start();
        if (isLikeSafetensors(start)) {
            return Optional.empty(); // Its first bytes are a number, and may be any.
        }
        if (isHdf5(source)) {
            return Optional.of(HDF5);
        }
        if (isZip(source)) {
            return Optional.ofNullable(ForeignZip.said(source));
        }
        String said = ForeignBytes.said(start);
        if (said != null) {
            return Optional.of(said);
        }
        if (ForeignBytes.isPickle(start)) {
            return Optional.of(isCalledTorch(source) ? TORCH : PICKLE);
        }
        if (JsonKind.isObject(start)) {
            Optional<JsonKind> kind = JsonKind.of(source);
            return Optional.ofNullable(kind.isPresent()
                    ? ofJson(kind.get())
                    : inJson(new String(start, StandardCharsets.UTF_8)));
        }
        return Optional.ofNullable(isOnnx(start) ? ONNX : null);
    }

    /**
     * Whether these are the first bytes of a zip archive.
     *
     * @param source a file or a stream
     * @return whether it begins with a zip entry
     */
    public static boolean isZip(ModelSource source) {
        Arguments.required(source, "ForeignFile.isZip", "source", "what ModelSource.of gives");
        return begins(source.start(), 0, ZIP_MAGIC);
    }

    /**
     * Whether these are the first bytes of an HDF5 file, or those behind the smallest block that may stand in front of it.
     *
     * @param source a file or a stream
     * @return whether HDF5 begins there
     */
    public static boolean isHdf5(ModelSource source) {
        Arguments.required(source, "ForeignFile.isHdf5", "source", "what ModelSource.of gives");
        byte[] start = source.start();
        return begins(start, 0, HDF5_MAGIC) || begins(start, HDF5_USER_BLOCK, HDF5_MAGIC);
    }

    /** What a pickle holds is known when it runs; its name says what is likely. */
    private static boolean isCalledTorch(ModelSource source) {
        return source.hasEnding(".pt") || source.hasEnding(".pth") || source.hasEnding(".bin")
                || source.hasEnding(".ckpt");
    }

    /** Null for the kinds that are read. */
    private static String ofJson(JsonKind kind) {
        return switch (kind) {
            case KERAS -> KERAS_JSON;
            case KERAS_SHARDS -> SHARDS;
            default -> null;
        };
    }

    /** A configuration has its class, or what is configured, among its own keys; others may have one somewhere within. */
    private static String inJson(String start) {
        Set<String> keys = new HashSet<>();
        try {
            JsonTokens tokens = new JsonTokens(new StringReader(start), start.length(), true);
            tokens.next();
            while (tokens.next() == JsonToken.KEY) {
                keys.add(tokens.text());
                tokens.next();
                tokens.skip();
            }
        } catch (IOException cutOff) {
            // The first bytes of a longer text: what was seen says what it can.
        }
        boolean isConfiguration = keys.contains("class_name")
                || keys.contains("config") && start.contains("\"class_name\"");
        boolean isHub = keys.contains("architectures") || keys.contains("model_type");
        return isConfiguration ? KERAS_JSON : isHub ? HUB_JSON : null;
    }

    /** Eight bytes of length, the upper ones 0, then JSON. */
    private static boolean isLikeSafetensors(byte[] start) {
        return start.length > Long.BYTES && start[Long.BYTES] == '{'
                && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES) == 0;
    }

    /** A version of the format (field 1), then who made it (field 2, text); nothing else begins so. */
    private static boolean isOnnx(byte[] start) {
        return start.length > 4 && start[0] == 8 && start[1] > 0 && start[1] < 32 && start[2] == 0x12
                && start[3] > 0 && start[4] >= ' ';
    }

    private static boolean begins(byte[] start, int at, byte[] magic) {
        return start.length >= at + magic.length
                && Arrays.equals(start, at, at + magic.length, magic, 0, magic.length);
    }
}
