package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.ParsedAttribute;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the text of ONNX's standard and ONNX Runtime differ on recurrent nodes, and which of them is followed. */
public final class RecurrentNotes {

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

    private RecurrentNotes() {}

    /** A sentence for each node and rule. */
    public static List<String> of(ParsedGraph graph) {
        List<String> notes = new ArrayList<>();
        for (ParsedNode node : graph.nodes()) {
            if (node.domain().isEmpty() && RECURRENT.contains(node.operator())) {
                add(node, notes);
            }
            for (ParsedAttribute attribute : node.attributes().values()) {
                if (attribute instanceof ParsedAttribute.Body body) {
                    notes.addAll(of(body.graph()));
                }
            }
        }
        return notes;
    }

    /** Of one node. */
    public static List<String> of(ParsedNode node) {
        List<String> notes = new ArrayList<>();
        add(node, notes);
        return notes;
    }

    private static void add(ParsedNode node, List<String> notes) {
        String label = node.label() + ": ";
        if (node.has("clip")) {
            notes.add(label + "clip cuts the sums before the gates' activations and nothing else, as in ONNX Runtime");
        }
        if (!node.input(4).isEmpty() && !node.input(5).isEmpty()) {
            notes.add(label + "a sequence of length 0 ends in zeros, not in its initial state, as in ONNX Runtime");
        }
        if (node.whole("layout", 0) == 1) {
            notes.add(label + "the layout is batch first, as the standard says; ONNX Runtime refuses it");
        }
        boolean hasNoDefault = node.texts("activations").stream()
                .anyMatch(name -> name.equalsIgnoreCase("Affine") || name.equalsIgnoreCase("ScaledTanh")
                        || name.equalsIgnoreCase("ThresholdedRelu"));
        if (hasNoDefault && (node.reals("activation_alpha").isEmpty() || node.reals("activation_beta").isEmpty())) {
            notes.add(label
                    + "an alpha or beta of Affine, ScaledTanh or ThresholdedRelu that is not given is 0, as in ONNX"
                    + " Runtime");
        }
    }
}
