package dev.gatun.formats.nam;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.build.LayerChain;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.formats.build.Rearranged;
import dev.gatun.layers.Input;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One file: {@code config} says the sizes, {@code weights} are one long array. For each layer a matrix of 4U rows for what comes
 * in and for h together, gates in the order input, forget, candidate, output; one bias; h and c to begin at. Then the head.
 */
final class NamReader {

    private static final int GATES = 4;

    /** Without a state from sample to sample. */
    private static final Set<String> OTHERS = Set.of("WaveNet", "ConvNet", "Linear", "SlimmableWavenet", "CatWaveNet");

    private final String file;
    private final Map<String, Object> values;
    private final OptionReader json;

    /** What was decided before this model was chosen. */
    private final List<String> before;
    private float[] numbers;
    private int at;

    NamReader(String file, Map<String, Object> values) {
        this(file, values, List.of());
    }

    private NamReader(String file, Map<String, Object> values, List<String> before) {
        this.file = file;
        this.before = before;
        this.values = values;
        this.json = new OptionReader("The file", values);
    }

    Imported read() throws FormatException {
        String architecture = json.text("architecture");
        if (architecture.equals(NamContainer.ARCHITECTURE)) {
            NamContainer container = NamContainer.of(json.map("config"));
            return new NamReader(file, container.largest(), container.notes()).read();
        }
        if (!architecture.equals("LSTM")) {
            boolean isKnown = OTHERS.contains(architecture);
            throw new IllegalArgumentException("holds a model of the architecture "
                    + FormatException.quote(architecture)
                    + (isKnown ? ", which is no recurrent network" : ", which is not read")
                    + "; of Neural Amp Modeler LSTM is read: train one with it, or take a file of one");
        }
        OptionReader config = new OptionReader("Its config", json.map("config"));
        int inputs = size(config, "input_size", 1);
        int units = size(config, "hidden_size", 0);
        int layers = size(config, "num_layers", 1);
        int outputs = size(config, "out_channels", 1);
        int channels = size(config, "in_channels", inputs);
        if (channels != inputs) {
            throw new IllegalArgumentException("says in_channels " + channels + " and input_size " + inputs
                    + ", expected the same");
        }
        if (!(values.get("weights") instanceof float[] all)) {
            throw new IllegalArgumentException("has no array of numbers 'weights'; copy or download it again");
        }
        numbers = all;
        requireCount(count(inputs, units, layers, outputs));
        LayerChain chain = new LayerChain(Input.sequence(inputs));
        GatheredWeights weights = new GatheredWeights(file);
        for (int layer = 0; layer < layers; layer++) {
            String name = layers == 1 ? "lstm" : "lstm_" + layer;
            layer(name, layer == 0 ? inputs : units, units, weights);
            chain.add("LSTM", name,
                    Map.of("units", units, "return_sequences", true, "learned_initial_state", true));
        }
        head(units, outputs, weights);
        chain.add("Dense", "head", Map.of("units", outputs));
        Graph graph = chain.graph();
        ImportReport report = report(weights.mapped(graph));
        Map<String, String> metadata = metadata();
        Model model = weights.model(graph); // Last: what fails before leaves no memory behind.
        model.metadata().putAll(metadata);
        return new Imported(model, report);
    }

    private static int size(OptionReader config, String key, int otherwise) {
        int size = otherwise > 0 && !config.has(key) ? otherwise : config.integer(key);
        if (size < 1) {
            throw new IllegalArgumentException("Its config: " + key + " is " + size + ", expected at least 1");
        }
        return size;
    }

    private static long count(long inputs, long units, long layers, long outputs) {
        long head = Math.multiplyExact(outputs, units + 1);
        long first = Math.multiplyExact(GATES * units, inputs + units + 1) + 2 * units;
        long further = Math.multiplyExact(GATES * units, 2 * units + 1) + 2 * units;
        return Math.addExact(Math.addExact(first, Math.multiplyExact(layers - 1, further)), head);
    }

    private void requireCount(long expected) {
        if (numbers.length != expected) {
            throw new IllegalArgumentException("has " + numbers.length + " weights, but its config needs " + expected
                    + "; copy or download it again");
        }
    }

    private void layer(String name, int inputs, int units, GatheredWeights weights) {
        int wide = GATES * units;
        String place = "weights from " + at;
        float[] both = Rearranged.transposed(take(wide * (inputs + units)), wide, inputs + units);
        weights.put(name + "/kernel", place, Arrays.copyOf(both, inputs * wide), inputs, wide);
        weights.put(name + "/recurrent_kernel", place, Arrays.copyOfRange(both, inputs * wide, both.length), units,
                wide);
        put(weights, name + "/bias", wide);
        put(weights, name + "/initial_h", units);
        put(weights, name + "/initial_c", units);
    }

    private void head(int units, int outputs, GatheredWeights weights) {
        String place = "weights from " + at;
        weights.put("head/kernel", place, Rearranged.transposed(take(units * outputs), outputs, units), units, outputs);
        put(weights, "head/bias", outputs);
    }

    private void put(GatheredWeights weights, String weight, int count) {
        String place = "weights from " + at;
        weights.put(weight, place, take(count), count);
    }

    private float[] take(int count) {
        at += count;
        return Arrays.copyOfRange(numbers, at - count, at);
    }

    /** What the file says of the amplifier goes with the model. */
    private Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        if (values.get("sample_rate") instanceof Number rate) {
            metadata.put("nam.sample_rate", String.valueOf(rate));
        }
        if (values.get("metadata") instanceof Map<?, ?> said) {
            metadata.put("nam.metadata", PlainJson.text(plain(said)));
        }
        return metadata;
    }

    /** Arrays of numbers as lists, which is what is written as JSON. */
    private static Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put((String) key, plain(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(NamReader::plain).toList();
            case float[] row -> {
                List<Object> copy = new ArrayList<>();
                for (float number : row) {
                    copy.add(number);
                }
                yield copy;
            }
            case null, default -> value;
        };
    }

    private ImportReport report(List<ImportReport.Mapped> mapped) {
        List<String> notes = new ArrayList<>(before);
        notes.add("sequences and streams begin at the states in the file");
        if (values.get("sample_rate") instanceof Number rate) {
            notes.add("made for " + rate + " samples a second");
        }
        String version = json.has("version") ? json.text("version") : "without a number";
        return new ImportReport(file + " (Neural Amp Modeler, file version " + version + ")", mapped, notes);
    }
}
