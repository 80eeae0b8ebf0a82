package dev.gatun.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A kind of file by the bytes that it begins with.
 *
 * @param magic the bytes
 * @param at    how many stand before them
 * @param said  the rest of a sentence that begins with the file's name
 */
record ForeignBytes(byte[] magic, int at, String said) {

    private static final List<ForeignBytes> KINDS = new ArrayList<>();

    static {
        add("934e554d5059", 0, "is a NumPy array, not a model; read it with Npy.read");
        add("1f8b08", 0, "is compressed with gzip; unpack it first");
        add("425a68", 0, "is compressed with bzip2; unpack it first");
        add("fd377a585a00", 0, "is compressed with xz; unpack it first");
        add("377abcaf271c", 0, "is a 7z archive; unpack it first");
        add("28b52ffd", 0, "is compressed with zstd; unpack it first");
        add("7573746172", 257, "is a tar archive; unpack it first");
        add("47475546", 0, "is a GGUF file of a language model, which Gatun does not run");
        add("54464c33", 4,
                "is a TensorFlow Lite model, whose weights were changed for small devices; take the Keras model"
                        + " it was made from and save it with model.save(\"name.keras\")");
        add("4f52544d", 4, "is a model in ONNX Runtime's own format; take the .onnx it was made from");
        add("80028a0a6cfc9c46f9206aa8", 0, "is a PyTorch file of the old kind, which only Python can read safely"
                + PythonLines.STATE_DICT);
        add("12010000000000000000000000000000", 0, "is a file of parameters of MXNet; export the model as ONNX there"
                + " (mx.onnx.export_model)");
        add("4d41544c414220352e30", 0, "is a file of MATLAB; export the network as ONNX there (exportONNXNetwork)");
        add("373736373531370a", 0, "is a network of ncnn; take the ONNX or PyTorch model it was made from");
        add("50415231", 0, "is a table in Parquet, not a model");
        add("4152524f5731", 0, "is a table in Arrow's format, not a model");
        add("76657273696f6e2068747470733a2f2f6769742d6c66", 0,
                "is a pointer of Git LFS and not the file itself; fetch that"
                        + " with git lfs pull, or download it by hand");
        add("fffe7b00", 0, "is a text in UTF-16; save it again in UTF-8");
        add("feff007b", 0, "is a text in UTF-16; save it again in UTF-8");
        add("6d6f64656c5f636865636b706f696e745f706174683a", 0,
                "is the list of a TensorFlow checkpoint; load the model in"
                        + " Python and save it with model.save(\"name.keras\")");
    }

    /** Files that a download gave in the place of the one asked for. */
    private static final String PAGE = "is a web page and not the file itself; download that, not the page about it";
    private static final String OPENVINO = "is a model of OpenVINO; take the ONNX or Keras model it was made from";
    private static final String XML = "is XML and not a model";

    private static final int LATEST_PICKLE = 5;

    private static void add(String hex, int at, String said) {
        KINDS.add(new ForeignBytes(HexFormat.of().parseHex(hex), at, said));
    }

    /** @return the rest of a sentence that begins with the file's name; null if they say nothing */
    static String said(byte[] start) {
        for (ForeignBytes kind : KINDS) {
            if (start.length >= kind.at + kind.magic.length
                    && Arrays.equals(start, kind.at, kind.at + kind.magic.length,
                            kind.magic, 0, kind.magic.length)) {
                return kind.said;
            }
        }
        if (holdsMessages(start)) {
            return start[1] == 1 ? ForeignFile.GRAPH : ForeignFile.CORE_ML;
        }
        return inText(start);
    }

    /** Whether it is a Python pickle, of whatever. */
    static boolean isPickle(byte[] start) {
        return start.length > 1 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= LATEST_PICKLE;
    }

    /**
     * Of protobuf: a version (field 1), then a message (field 2) that begins with another (field 1). So do a SavedModel, whose
     * version is 1, and a Core ML model; a model of ONNX has a text there.
     */
    private static boolean holdsMessages(byte[] start) {
        if (start.length < 8 || start[0] != 8 || start[1] < 1 || start[1] > 32 || start[2] != 0x12) {
            return false;
        }
        int at = 3;
        while (at < 7 && start[at] < 0) {
            at++;
        }
        return start[at + 1 < start.length ? at + 1 : at] == 0x0a;
    }

    private static String inText(byte[] start) {
        int first = 0;
        while (first < start.length && start[first] <= ' ' && start[first] >= 0) {
            first++;
        }
        if (first == start.length || start[first] != '<') {
            return null;
        }
        String text = new String(start, first, start.length - first, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return PAGE;
        }
        if (!text.startsWith("<?xml") && !text.startsWith("<net")) {
            return null;
        }
        return text.contains("<net") ? OPENVINO : text.contains("<html") ? PAGE : XML;
    }
}
