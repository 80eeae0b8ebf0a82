package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Why nodes of a graph cannot run; what many nodes of one operator have in common is said once. */
final class PlanProblems {

    private final Map<String, Problem> problems = new LinkedHashMap<>();

    /**
     * @param first  the node it was first found at; empty if the reason names it
     * @param reason the rest of a sentence that begins with the node
     * @param nodes  that have it
     */
    private record Problem(String first, String reason, int nodes) {

        String text() {
            if (first.isEmpty()) {
                return reason;
            }
            int others = nodes - 1;
            return first + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others")) + " (" + reason
                    + ")";
        }
    }

    void add(ParsedNode node, String reason) {
        problems.merge(node.qualified() + ' ' + reason, new Problem(node.label(), reason, 1),
                (known, one) -> new Problem(known.first, reason, known.nodes + 1));
    }

    /** @param said names the node */
    void add(String said) {
        problems.putIfAbsent(said, new Problem("", said, 1));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** @param most of how many kinds */
    String text(int most) {
        StringJoiner text = new StringJoiner("; ");
        problems.values().stream().limit(most).forEach(problem -> text.add(problem.text()));
        int more = problems.values().stream().skip(most).mapToInt(Problem::nodes).sum();
        return text + (more > 0 ? "; and " + more + " nodes more" : "");
    }
}
