package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the tensors of a JSON file as they pass; what else it holds is passed over. */
final class JsonTensors {

    /** Levels of lists and objects. */
    private static final int DEEPEST = 100;
    private static final int FIRST_ROOM = 64;

    private final Path file;
    private final JsonTokens tokens;
    private final Map<String, JsonTensor> found = new LinkedHashMap<>();

    private JsonTensors(Path file, Reader text) {
        this.file = file;
        this.tokens = new JsonTokens(text, DEEPEST, true);
    }

    /**
     * All tensors of a file by name; those under {@code inputs} and {@code outputs} begin with {@code in_} and {@code out_}.
     *
     * @throws Refusal     if it is no JSON object
     * @throws IOException if it cannot be read
     */
    static Map<String, JsonTensor> of(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            JsonTensors tensors = new JsonTensors(file, text);
            tensors.object();
            return tensors.found;
        } catch (JsonException malformed) {
            throw new Refusal(file + " is not JSON: " + malformed.getMessage() + "; write it again");
        } catch (CharacterCodingException notText) {
            throw new Refusal(file + " is not JSON: it is not UTF-8 text; write it again");
        }
    }

    private void object() throws IOException {
        if (tokens.next() != JsonToken.OBJECT) {
            throw new Refusal(
                    file + " is not a JSON object; expected tensors {\"shape\": [...], \"data\": [...]} by name");
        }
        while (tokens.next() == JsonToken.KEY) {
            String name = tokens.text();
            if (tokens.next() == JsonToken.OBJECT) {
                tensor(name, switch (name) {
                    case "inputs" -> "in_";
                    case "outputs" -> "out_";
                    default -> null;
                });
            } else {
                tokens.skip();
            }
        }
        tokens.next();
    }

    /**
     * The object that has begun.
     *
     * @param before what names of tensors in it begin with; null if none are looked for
     */
    private void tensor(String name, String before) throws IOException {
        long[] shape = null;
        JsonTensor numbers = null;
        while (tokens.next() == JsonToken.KEY) {
            String key = tokens.text();
            JsonToken begun = tokens.next();
            if (key.equals("shape") && begun == JsonToken.ARRAY) {
                shape = sizes();
            } else if (key.equals("data") && begun == JsonToken.ARRAY) {
                numbers = numbers();
            } else if (before != null && begun == JsonToken.OBJECT) {
                tensor(before + key, null);
            } else {
                tokens.skip();
            }
        }
        if (shape != null && numbers != null) {
            found.put(name, numbers.of(shape));
        }
    }

    /** A size that is none is -1. */
    private long[] sizes() throws IOException {
        long[] sizes = new long[0];
        while (tokens.next() != JsonToken.ARRAY_END) {
            boolean isSize = tokens.isLong();
            sizes = Arrays.copyOf(sizes, sizes.length + 1);
            sizes[sizes.length - 1] = isSize ? tokens.toLong() : -1;
            tokens.skip();
        }
        return sizes;
    }

    private JsonTensor numbers() throws IOException {
        double[] numbers = new double[FIRST_ROOM];
        int count = 0;
        Optional<String> wrong = Optional.empty();
        while (tokens.next() != JsonToken.ARRAY_END) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            Optional<Double> number = number();
            if (number.isEmpty() && wrong.isEmpty()) {
                wrong = Optional.of("it holds " + shown() + ", which is not a number");
            }
            numbers[count++] = number.orElse(Double.NaN);
            tokens.skip();
        }
        return new JsonTensor(null, Arrays.copyOf(numbers, count), wrong);
    }

    private Optional<Double> number() {
        return switch (tokens.token()) {
            case WHOLE, DECIMAL -> Optional.of(tokens.toDouble());
            case TRUE -> Optional.of(1.0);
            case FALSE -> Optional.of(0.0);
            case TEXT -> switch (tokens.text()) {
                case "NaN" -> Optional.of(Double.NaN);
                case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
                case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
                default -> Optional.empty();
            };
            default -> Optional.empty();
        };
    }

    private String shown() {
        return switch (tokens.token()) {
            case TEXT -> "the text '" + tokens.text() + "'";
            case ARRAY -> "a list within the list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
