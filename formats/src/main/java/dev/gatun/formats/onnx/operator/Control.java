package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.List;

/** Graphs that run if, as long as, or for each. */
final class Control {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("If").slow().with("then_branch", "else_branch").makesAll(
                    call -> call.bodies().apply(holds(call.input(0)) ? "then_branch" : "else_branch").run(List.of())),
            Operator.of("Loop").slow().inputs(2, Integer.MAX_VALUE).with("body").makesAll(Control::loop),
            Operator.of("Scan").slow().to(8).anyInputs().with("body", "directions", "num_scan_inputs")
                    .makesAll(BatchedScan::run),
            Operator.of("Scan").slow().from(9).anyInputs().with("body", "num_scan_inputs", "scan_input_axes",
                    "scan_input_directions", "scan_output_axes", "scan_output_directions").makesAll(
                            call -> new ScanLoop(call).run()));

    private Control() {}

    private static boolean holds(NumberArray condition) {
        if (condition.type() != NumberType.BOOL || condition.count() != 1) {
            throw new IllegalArgumentException("its condition is " + condition + ", expected one boolean");
        }
        return condition.booleans()[0];
    }

    private static List<NumberArray> loop(OperatorCall call) {
        Body body = call.bodies().apply("body");
        long most = call.optional(0) == null ? Long.MAX_VALUE : call.whole(0);
        boolean goesOn = call.optional(1) == null || holds(call.input(1));
        int carried = call.inputs().size() - 2;
        int scanned = body.outputs() - 1 - carried;
        if (body.inputs() != carried + 2 || scanned < 0) {
            throw new IllegalArgumentException("its body has " + body.inputs() + " inputs and " + body.outputs()
                    + " outputs, expected " + (carried + 2) + " and at least " + (carried + 1));
        }
        List<NumberArray> values = new ArrayList<>(call.inputs().subList(2, carried + 2));
        List<StackedTurns> stacks = StackedTurns.of(scanned);
        NumberArray condition = NumberArray.booleans(new int[0], true);
        for (long turn = 0; turn < most && goesOn; turn++) {
            body.countTurn();
            List<NumberArray> given = new ArrayList<>();
            given.add(NumberArray.longs(NumberType.INT64, new int[0], turn));
            given.add(condition);
            given.addAll(values);
            List<NumberArray> made = body.run(given);
            condition = made.getFirst();
            goesOn = holds(condition);
            values = new ArrayList<>(made.subList(1, carried + 1));
            for (int i = 0; i < scanned; i++) {
                stacks.get(i).add(made.get(1 + carried + i));
            }
        }
        for (int i = 0; i < scanned; i++) {
            values.add(stacks.get(i).joined(0, false, body, 1 + carried + i));
        }
        return values;
    }
}
