using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Just enough of a conjunction message in keyword form for the reference files: states in EME2000 taken as inertial, covariances in m, radius given.</summary>
internal static class MessageReader
{
    private static readonly string[] Axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"];

    public static ConjunctionPair Read(string file, double radiusKm, bool withShared)
    {
        List<Dictionary<string, string>> parts = [[]];
        foreach (string line in ReferenceData.Lines(file))
        {
            string text = line.StartsWith("COMMENT ", StringComparison.Ordinal) ? line[8..] : line;
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            string key = text[..equals].Trim(), value = text[(equals + 1)..].Trim();
            if (key == "OBJECT") parts.Add([]);
            int unit = value.IndexOf('[', StringComparison.Ordinal);
            parts[^1][key] = unit < 0 ? value : value[..unit].Trim();
        }
        var epoch = Testing.At(parts[0]["TCA"]);
        CartesianState first = State(parts[1], epoch), second = State(parts[2], epoch);
        var pair = new ConjunctionPair(first, Covariance(parts[1], first), second, Covariance(parts[2], second), radiusKm);
        return withShared && Density(parts[1], first) is { } one && Density(parts[2], second) is { } two ? pair with { Shared = new SharedError(one, two) } : pair;
    }

    private static double Figure(Dictionary<string, string> part, string key) => double.Parse(part[key], CultureInfo.InvariantCulture);

    private static CartesianState State(Dictionary<string, string> part, Epoch epoch) => new(epoch, Frame.Gcrf,
        new Vector3d(Figure(part, "X"), Figure(part, "Y"), Figure(part, "Z")), new Vector3d(Figure(part, "X_DOT"), Figure(part, "Y_DOT"), Figure(part, "Z_DOT")));

    private static Covariance6 Covariance(Dictionary<string, string> part, CartesianState state)
    {
        double[] lower = new double[21];
        for (int row = 0, entry = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, entry++) lower[entry] = 1e-6 * Figure(part, $"C{Axes[row]}_{Axes[column]}");
        return LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));
    }

    private static DensityError? Density(Dictionary<string, string> part, CartesianState state)
    {
        if (!part.TryGetValue("DCP Density Forecast Uncertainty", out string? sigma)) return null;
        return DensityError.FromRtn(state, double.Parse(sigma, CultureInfo.InvariantCulture), Vector(part["DCP Sensitivity Vector RTN Pos"]), Vector(part["DCP Sensitivity Vector RTN Vel"]));
    }

    private static Vector3d Vector(string text)
    {
        double[] figures = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => 1e-3 * double.Parse(x, CultureInfo.InvariantCulture))];
        return new Vector3d(figures[0], figures[1], figures[2]);
    }
}
