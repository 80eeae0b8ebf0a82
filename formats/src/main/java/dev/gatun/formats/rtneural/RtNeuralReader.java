package dev.gatun.formats.rtneural;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.build.DirectSignal;
import dev.gatun.formats.build.LayerChain;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.layers.Input;
import dev.gatun.layers.Node;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One file, from its outermost object: an input, layers, and what AIDA-X does before and behind them. */
final class RtNeuralReader {

    /** AIDA-X's gains are in decibels of amplitude; up to -90 the signal is off. */
    private static final double DECIBELS = 20;
    private static final double SILENCE = -90;

    private final String file;
    private final OptionReader json;
    private final Map<String, Object> values;
    private final GatheredWeights weights;
    private final List<String> notes = new ArrayList<>();
    private int width;

    RtNeuralReader(String file, Map<String, Object> values) {
        this.file = file;
        this.values = values;
        this.json = new OptionReader("The file", values);
        this.weights = new GatheredWeights(file);
    }

    Imported read() throws FormatException {
        int inputs = RtNeuralLayer.width("The file", values, "in_shape");
        LayerChain chain = new LayerChain(Input.sequence(inputs));
        double gain = gain("in_gain");
        if (gain != 1) {
            chain.add("Rescaling", "in_gain", Map.of("scale", firstOf(inputs, gain)));
        }
        Node signal = chain.value();
        width = inputs;
        if (!(values.get("layers") instanceof List<?> layers)) {
            throw new IllegalArgumentException("has no list 'layers' of objects; write it again");
        }
        for (int number = 0; number < layers.size(); number++) {
            Map<String, Object> layer = OptionReader.asMap(layers.get(number), "layer " + number);
            width = new RtNeuralLayer(number, layer, width, notes).addTo(chain, weights);
        }
        Graph graph = graph(chain, signal, inputs);
        Model model = weights.model(graph);
        addMetadata(model.metadata());
        ImportReport report = new ImportReport(file + " (RTNeural)", weights.mapped(graph), notes);
        return new Imported(model, report);
    }

    /** What AIDA-X says of the amplifier goes with the model. */
    private void addMetadata(Map<String, String> metadata) {
        Object rate = values.getOrDefault("samplerate", values.get("sample_rate"));
        if (rate instanceof Number || rate instanceof String) {
            metadata.put("rtneural.sample_rate", String.valueOf(rate));
            notes.add("made for " + rate + " samples a second");
        }
        if (values.get("metadata") instanceof Map<?, ?> said) {
            said.forEach((key, value) -> {
                if (value instanceof String || value instanceof Number) {
                    metadata.put("rtneural.metadata." + key, String.valueOf(value));
                }
            });
        }
    }

    private Graph graph(LayerChain chain, Node signal, int inputs) {
        int skipped = json.has("in_skip") ? json.integer("in_skip") : 0;
        double gain = gain("out_gain");
        if (skipped == 0 && gain == 1) {
            return chain.graph();
        }
        Node made = chain.value();
        if (skipped > 0) {
            made = DirectSignal.added(signal, inputs, skipped, made, width, weights);
            notes.add("in_skip " + skipped + ": the input, behind in_gain, is added to what the layers make");
        }
        if (gain != 1) {
            made = LayerChain.layer("Rescaling", "out_gain", Map.of("scale", gain)).on(made);
        }
        return chain.graph(List.of(made));
    }

    private double gain(String key) {
        double decibels = json.has(key) ? json.number(key, 0) : 0;
        if (decibels == 0) {
            return 1;
        }
        double gain = decibels > SILENCE ? Math.pow(10, decibels / DECIBELS) : 0;
        notes.add(key + " of " + decibels + " dB is a factor " + (float) gain
                + (key.equals("in_gain") ? " for the first feature of the input" : " for the output"));
        return gain;
    }

    /** The knobs behind the signal are no signal. */
    private static Object firstOf(int inputs, double gain) {
        if (inputs == 1) {
            return gain;
        }
        List<Double> gains = new ArrayList<>(List.of(gain));
        while (gains.size() < inputs) {
            gains.add(1.0);
        }
        return gains;
    }
}
