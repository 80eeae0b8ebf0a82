package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.value.Constant;

/** If, of which one branch is known to be the one that runs. */
final class Branches {

    private Branches() {}

    static void map(NodeCall call) {
        if (!(call.value(0) instanceof Constant condition) || !condition.isPlain()
                || condition.numbers().count() != 1) {
            throw new NotMapped("chooses by " + call.name(0)
                    + ", which is known only when the model runs, and a model has one way");
        }
        boolean holds = condition.numbers().number(0) != 0;
        ParsedGraph branch = call.node().body(holds ? "then_branch" : "else_branch");
        call.graph().note(call.node().label() + " always takes its " + (holds ? "then" : "else") + " branch");
        call.graph().runBody(branch);
        for (int output = 0; output < branch.outputs().size(); output++) {
            call.put(output, call.graph().value(branch.outputs().get(output).name()));
        }
    }
}
