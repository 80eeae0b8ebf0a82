package dev.gatun.tests.onnxrun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Measure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tensors as {@code {shape, dtype, data}}, the form of {@code shared/oracles/onnx2}, to arrays of a runner, and compared. */
final class OnnxNumbers {

    private OnnxNumbers() {}

    static Map<String, OnnxArray> all(JsonNode tensors) {
        Map<String, OnnxArray> all = new LinkedHashMap<>();
        tensors.properties().forEach(entry -> all.put(entry.getKey(), array(entry.getValue())));
        return all;
    }

    static OnnxArray array(JsonNode tensor) {
        JsonNode sizes = tensor.get("shape");
        int[] shape = new int[sizes.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = sizes.get(axis).asInt();
        }
        JsonNode data = tensor.get("data");
        NumberType type = NumberType.valueOf(tensor.get("dtype").asText().toUpperCase(Locale.ROOT));
        if (type.isWhole()) {
            long[] longs = new long[data.size()];
            for (int i = 0; i < longs.length; i++) {
                longs[i] = data.get(i).bigIntegerValue().longValue();
            }
            return OnnxArray.longs(longs, shape).as(type);
        }
        double[] numbers = new double[data.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = data.get(i);
            numbers[i] = number.isTextual()
                    ? Double.parseDouble(number.asText())
                    : number.isBoolean() ? number.asBoolean() ? 1 : 0 : number.asDouble();
        }
        return OnnxArray.doubles(numbers, shape).as(type);
    }

    /** As float32, or as the whole numbers that the type says. */
    static OnnxArray array(FixtureTensor tensor, NumberType type) {
        return OnnxArray.doubles(tensor.values(), tensor.shape()).as(type);
    }

    /** The type and the shape are equal, and the numbers within a limit of the largest. */
    static double error(String what, OnnxArray got, OnnxArray expected) {
        if (got == null || got.type() != expected.type() || !got.shape().equals(expected.shape())) {
            throw new AssertionError(what + " is " + got + ", expected " + expected);
        }
        if (got.type().isWhole() && !Arrays.equals(got.toLongs(), expected.toLongs())) {
            return Double.POSITIVE_INFINITY; // Doubles do not tell all of them apart.
        }
        return Measure.relative(got.toDoubles(), expected.toDoubles());
    }
}
