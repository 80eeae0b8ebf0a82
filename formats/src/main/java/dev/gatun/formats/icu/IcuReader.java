package dev.gatun.formats.icu;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.build.LayerChain;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.layers.Input;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One file: nine matrices in Keras's layout, and a dictionary. */
final class IcuReader {

    private static final int GATES = 4;

    private final String file;
    private final Map<String, Object> values;
    private final OptionReader json;

    IcuReader(String file, Map<String, Object> values) {
        this.file = file;
        this.values = values;
        this.json = new OptionReader("The file", values);
    }

    /**
     * A matrix of the file.
     *
     * @param name what the file calls it
     */
    private record Matrix(String name, float[] data, long[] dims) {
        void requireDims(long... expected) {
            if (!Arrays.equals(dims, expected)) {
                throw new IllegalArgumentException(name + " has sizes " + Arrays.toString(dims) + ", expected "
                        + Arrays.toString(expected));
            }
        }

        void putAs(String weight, GatheredWeights weights) {
            weights.put(weight, name, data, dims);
        }
    }

    Imported read() throws FormatException {
        Matrix embeddings = matrix("mat1", 2);
        Matrix kernel = matrix("mat2", 2);
        int ids = Math.toIntExact(embeddings.dims[0]);
        int width = Math.toIntExact(embeddings.dims[1]);
        int units = Math.toIntExact(kernel.dims[1] / GATES);
        Map<String, Object> dictionary = dictionary(ids);
        GatheredWeights weights = new GatheredWeights(file);
        embeddings.putAs("embedding/embeddings", weights);
        half(2, "bidirectional/forward_lstm/", width, units, weights);
        half(5, "bidirectional/backward_lstm/", width, units, weights);
        Matrix head = matrix("mat8", 2);
        int classes = Math.toIntExact(head.dims[1]);
        head.requireDims(2L * units, classes);
        head.putAs("dense/kernel", weights);
        Matrix bias = matrix("mat9", 1);
        bias.requireDims(classes);
        bias.putAs("dense/bias", weights);
        LayerChain chain = new LayerChain(Input.ints(Shape.UNKNOWN));
        chain.add("Embedding", "embedding", Map.of("input_dim", ids, "output_dim", width));
        chain.add("Bidirectional", "bidirectional", Map.of("layer",
                Map.of("class_name", "LSTM", "config", Map.of("units", units, "return_sequences", true))));
        chain.add("Dense", "dense", Map.of("units", classes, "activation", "softmax"));
        Graph graph = chain.graph();
        String name = json.has("model") ? json.text("model") : "without a name";
        ImportReport report = new ImportReport(file + " (ICU4X segmenter " + name + ")", weights.mapped(graph),
                List.of("the dictionary of " + dictionary.size() + " entries is in model.metadata() as "
                        + IcuDictionary.KEY + "; whatever it lacks has the number " + (ids - 1),
                        "a word begins where class 0 or 3 is the likeliest: the classes are begin, inside, end, single"));
        Model model = weights.model(graph); // Last: what fails before leaves no memory behind.
        model.metadata().put(IcuDictionary.KEY, PlainJson.text(dictionary));
        return new Imported(model, report);
    }

    /** One direction: kernel, recurrent kernel and bias. */
    private void half(int first, String layer, int inputs, int units, GatheredWeights weights) {
        long wide = (long) GATES * units;
        Matrix kernel = matrix("mat" + first, 2);
        kernel.requireDims(inputs, wide);
        kernel.putAs(layer + "kernel", weights);
        Matrix recurrent = matrix("mat" + (first + 1), 2);
        recurrent.requireDims(units, wide);
        recurrent.putAs(layer + "recurrent_kernel", weights);
        Matrix bias = matrix("mat" + (first + 2), 1);
        bias.requireDims(wide);
        bias.putAs(layer + "bias", weights);
    }

    private Matrix matrix(String name, int rank) {
        Map<String, Object> matrix = json.map(name);
        if (!(matrix.get("data") instanceof float[] data) || !(matrix.get("dim") instanceof float[] dim)
                || dim.length != rank) {
            throw new IllegalArgumentException("its " + name + " is not an object with " + rank
                    + " numbers dim and numbers data; download it again");
        }
        long[] dims = new long[rank];
        long count = 1;
        for (int axis = 0; axis < rank; axis++) {
            if (dim[axis] < 1 || dim[axis] != (int) dim[axis]) {
                throw new IllegalArgumentException("its " + name + " has a size of " + dim[axis]
                        + ", expected a whole number of at least 1");
            }
            dims[axis] = (int) dim[axis];
            count = Math.multiplyExact(count, dims[axis]);
        }
        if (count != data.length) {
            throw new IllegalArgumentException("its " + name + " has " + data.length + " numbers, but sizes "
                    + Arrays.toString(dims) + "; download it again");
        }
        return new Matrix(name, data, dims);
    }

    /** Numbers are those of rows of the embedding. */
    private Map<String, Object> dictionary(int ids) {
        Map<String, Object> dictionary = new LinkedHashMap<>();
        json.map("dic").forEach((text, id) -> {
            if (!(id instanceof Long number) || number < 0 || number >= ids) {
                throw new IllegalArgumentException("its dic says " + OptionReader.shown(id) + " for "
                        + FormatException.quote(text) + ", expected a whole number from 0 to " + (ids - 1));
            }
            dictionary.put(text, number);
        });
        return dictionary;
    }
}
