using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What pictures need of the JSON that `ssa od` and `ssa propagate` write.</summary>
internal static class PlotJson
{
    /// <param name="path">As it is or compressed.</param>
    /// <exception cref="InvalidDataException">It is not JSON, or has not what is wanted.</exception>
    public static JsonDocument Open(string path)
    {
        using var source = FormatSource.Open(File.OpenRead(path));
        if (source.Refusal(path) is { } refusal) throw new InvalidDataException(FormatText.Line(refusal));
        try
        {
            return JsonDocument.Parse(source.Stream);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{e.LineNumber + 1}: file: not JSON; give what 'ssa od --to json' or 'ssa propagate --to json' wrote", e);
        }
    }

    /// <summary>Of a fit.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public static List<PlottedResidual> Residuals(string path, JsonElement root)
    {
        var all = new List<PlottedResidual>();
        foreach (var one in List(path, root, "residuals", "give what 'ssa od --to json' wrote"))
        {
            string field = "epoch_utc";
            try
            {
                var epoch = Time(one, field);
                all.Add(new PlottedResidual(epoch, Text(one, field = "sensor"), Text(one, field = "type"), Text(one, field = "unit"), one.GetProperty(field = "value").GetDouble(), one.GetProperty(field = "edited").GetBoolean()));
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{path}: residuals[{all.Count}].{field}: missing or not what it should be; give what 'ssa od --to json' wrote", e);
            }
        }
        return all.Count > 0 ? all : throw new InvalidDataException($"{path}: residuals: there are none; nothing can be drawn");
    }

    /// <summary>Sigmas of each object's position, by its id, of the states that have a covariance.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public static Dictionary<string, List<PlottedSigmas>> Sigmas(string path, JsonElement root)
    {
        const string Remedy = "give what 'ssa propagate --model numerical --to json' wrote of an OPM with covariance, or 'ssa od --to json'";
        var frame = (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("frame", out var name) ? name.GetString() : null) switch
        {
            "GCRF" => Frame.Gcrf,
            "TEME" => Frame.Teme,
            "ITRF" => throw new InvalidDataException($"{path}: frame: ITRF: the axes of the covariance turn with the Earth; propagate with --frame gcrf"),
            _ => throw new InvalidDataException($"{path}: frame: missing or unknown; {Remedy}"),
        };
        var all = new Dictionary<string, List<PlottedSigmas>>();
        int index = 0;
        foreach (var one in List(path, root, "states", Remedy))
        {
            string field = "epoch_utc";
            try
            {
                if (one.TryGetProperty("covariance_km_s", out var covariance))
                {
                    var epoch = Time(one, field);
                    string id = Text(one, field = "id");
                    var state = new CartesianState(epoch, frame, Vector(one, field = "x_km", "y_km", "z_km"), Vector(one, field = "vx_km_s", "vy_km_s", "vz_km_s"));
                    field = "covariance_km_s";
                    var local = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).ToLocal(new Covariance6([.. covariance.EnumerateArray().Select(entry => entry.GetDouble())]));
                    if (!all.TryGetValue(id, out var sigmas)) all.Add(id, sigmas = []);
                    sigmas.Add(new PlottedSigmas(epoch, Math.Sqrt(local[0, 0]), Math.Sqrt(local[1, 1]), Math.Sqrt(local[2, 2])));
                }
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                throw new InvalidDataException($"{path}: states[{index}].{field}: missing or not what it should be; {Remedy}", e);
            }
            index++;
        }
        return all.Count > 0 ? all : throw new InvalidDataException($"{path}: states: none has a covariance; {Remedy}");
    }

    private static JsonElement.ArrayEnumerator List(string path, JsonElement root, string name, string remedy)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new InvalidDataException($"{path}: {name}: missing; {remedy}");

    private static Epoch Time(JsonElement one, string name) => Utc.TryParse(Text(one, name), out var epoch) ? epoch : throw new FormatException();

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString() ?? throw new FormatException();

    private static Vector3d Vector(JsonElement one, string x, string y, string z) => new(one.GetProperty(x).GetDouble(), one.GetProperty(y).GetDouble(), one.GetProperty(z).GetDouble());
}
