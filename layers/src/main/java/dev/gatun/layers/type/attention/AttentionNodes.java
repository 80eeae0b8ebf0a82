package dev.gatun.layers.type.attention;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * An attention as ONNX nodes: scores, their softmax over the keys that a query sees, and the mean of the values by it. Within
 * projections there is an axis of heads behind the batch.
 *
 * @param form how it goes
 * @param call takes the nodes
 */
record AttentionNodes(AttentionForm form, OnnxCall call) {

    private static final Map<String, OnnxAttribute> LAST_KEPT = Map.of("axes", OnnxAttribute.all(-1), "keepdims",
            OnnxAttribute.of(1));

    List<String> outputs() {
        List<OnnxValue> read = call.arguments().inputs();
        String query = headed(read.get(0), form.queryHeads());
        String value = headed(read.get(1), form.valueHeads());
        String key = read.size() > 2 ? headed(read.get(2), form.valueHeads()) : value;
        String shares = shares(scores(query, key), new SeenKeyNodes(form, call).seen());
        String output = joined(call.node("MatMul", shares, value));
        OnnxValue mask = call.arguments().mask();
        if (!form.projected() && mask != null) {
            output = call.node("Where", call.node("Unsqueeze", mask.name(), call.constants(2)), output,
                    call.constant(0));
        }
        return form.returnsScores() ? List.of(output, shares) : List.of(output);
    }

    /** [B,T,NH] as [B,N,T,H], a head of keys or values for each of those of the query that share it. */
    private String headed(OnnxValue value, int heads) {
        if (!form.projected()) {
            return value.name();
        }
        String apart = call.node("Reshape", value.name(), call.constants(0, 0, heads, value.shape().last() / heads));
        if (heads < form.queryHeads()) {
            apart = call.node("Gather", List.of(apart, call.constants(
                    LongStream.range(0, form.queryHeads()).map(head -> head / form.shared()).toArray())),
                    Map.of("axis", OnnxAttribute.of(2)));
        }
        return call.node("Transpose", List.of(apart), Map.of("perm", OnnxAttribute.all(0, 2, 1, 3)));
    }

    private String joined(String heads) {
        if (!form.projected()) {
            return heads;
        }
        long width = call.arguments().inputs().get(1).shape().last() / form.valueHeads();
        return call.node("Reshape",
                call.node("Transpose", List.of(heads), Map.of("perm", OnnxAttribute.all(0, 2, 1, 3))),
                call.constants(0, 0, form.queryHeads() * width));
    }

    /** How well each key fits each query, [B,T,S] or [B,N,T,S]. */
    private String scores(String query, String key) {
        if (form.fit() != AttentionForm.Fit.DOT) {
            return sums(query, key);
        }
        OnnxAttribute perm = form.projected() ? OnnxAttribute.all(0, 1, 3, 2) : OnnxAttribute.all(0, 2, 1);
        String turned = call.node("Transpose", List.of(key), Map.of("perm", perm));
        return call.node("MatMul", scaled(query), turned);
    }

    private String scaled(String query) {
        if (form.projected()) {
            long width = call.arguments().input().shape().last() / form.queryHeads();
            return call.node("Mul", query, call.constant((float) (1 / Math.sqrt(width))));
        }
        return form.scaled() ? call.node("Mul", query, call.initializer("scale")) : query;
    }

    private String sums(String query, String key) {
        boolean perFeature = form.fit() == AttentionForm.Fit.ADDITIVE;
        String sum = call.node("Add", call.node("Unsqueeze", query, call.constants(2)),
                call.node("Unsqueeze", key, call.constants(1)));
        String tanh = call.node("Tanh", !perFeature && form.scaled()
                ? call.node("Mul", sum, call.initializer("scale"))
                : sum);
        String weighed = perFeature && form.scaled() ? call.node("Mul", tanh, call.initializer("scale")) : tanh;
        String total = call.node("ReduceSum", List.of(weighed, call.constants(-1)),
                Map.of("keepdims", OnnxAttribute.of(0)));
        return perFeature ? total : call.node("Mul", total, call.initializer("concat_score_weight"));
    }

    /** A query that sees nothing has even scores, and so the mean of all values, unless it is to have none. */
    private String shares(String scores, String seen) {
        Map<String, OnnxAttribute> axis = Map.of("axis", OnnxAttribute.of(-1));
        if (seen.isEmpty()) {
            return call.node("Softmax", List.of(scores), axis);
        }
        String hidden = call.node("Where", seen, scores, call.constant(-Float.MAX_VALUE));
        String shares = call.node("Softmax", List.of(hidden), axis);
        return form.blindSeeAll()
                ? shares
                : call.node("Mul", shares,
                        call.node("ReduceMax", List.of(call.cast(seen, OnnxType.FLOAT)), LAST_KEPT));
    }
}
