package dev.gatun.formats.onnx;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.operator.Casting;
import dev.gatun.formats.tensors.NumberType;

/** Changes the type of a user's numbers, none of which may become another number beside by rounding. */
final class ArrayTypes {

    private ArrayTypes() {}

    static NumberArray changed(NumberArray numbers, NumberType type) {
        NumberArray changed = Casting.cast(numbers, type);
        for (int i = 0; !type.isFloating() && i < numbers.count(); i++) {
            if (changed.number(i) != numbers.number(i)) {
                throw new IllegalArgumentException("OnnxArray.as: the number " + numbers.number(i) + " at " + i
                        + " is none that " + type + " has");
            }
        }
        return changed;
    }
}
