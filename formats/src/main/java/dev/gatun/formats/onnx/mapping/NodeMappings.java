package dev.gatun.formats.onnx.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What becomes of each operator's nodes. */
final class NodeMappings {

    private static final Map<String, NodeMapping> ALL = new HashMap<>();

    static {
        MovementNodes.register(ALL);
        PartNodes.register(ALL);
        SizeNodes.register(ALL);
        FunctionNodes.register(ALL);
        ArithmeticNodes.register(ALL);
        ProductNodes.register(ALL);
        NormNodes.register(ALL);
        WindowNodes.register(ALL);
        ReductionNodes.register(ALL);
        Repetitions.register(ALL);
        ScanNodes.register(ALL);
        for (String operator : Set.of("LSTM", "GRU", "RNN")) {
            ALL.put(operator, Recurrences::map);
        }
        ALL.put("If", Branches::map);
    }

    private NodeMappings() {}

    /** Null if there is none. */
    static NodeMapping find(String operator) {
        return ALL.get(operator);
    }
}
