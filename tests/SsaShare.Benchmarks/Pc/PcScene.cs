using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>The encounters whose probabilities are timed.</summary>
internal static class PcScene
{
    private const int Planar = 1_085, Curved = 27;

    /// <returns>Those without and with errors of velocity; and whether they are of the reference data.</returns>
    public static (ConjunctionPair[] Planar, ConjunctionPair[] Curved, bool IsReal) Load()
    {
        string? folder = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA");
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); folder is null && above is not null; above = above.Parent)
            if (File.Exists(Path.Combine(above.FullName, "SsaShare.sln"))) folder = Path.Combine(above.FullName, "..", "shared", "data");
        string? table = folder is null ? null : Path.Combine(folder, "pc", "kelvins", "conjunctions.csv");
        if (table is null || !File.Exists(table)) return (Made(Planar), Made(Curved), false);
        return ([.. File.ReadLines(table).Skip(1).Select(OfRow)], [.. Directory.GetFiles(Path.Combine(folder!, "pc", "cara-cdms"), "*.cdm").Order(StringComparer.Ordinal).Select(OfMessage)], true);
    }

    /// <summary>Paths in low orbit that cross at all angles, errors long along the track, and misses of a sigma or two.</summary>
    private static ConjunctionPair[] Made(int count)
    {
        var random = new Random(1_992);
        var epoch = Utc.FromDateTime(new DateTimeOffset(2024, 11, 1, 0, 0, 0, TimeSpan.Zero));
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double angle = 0.2 + 2.7 * random.NextDouble(), speed = 7.5 + 0.05 * random.NextDouble();
            var first = new CartesianState(epoch, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 7.546, 0));
            var (one, two) = (Sigmas(), Sigmas());
            var miss = new Vector3d((random.NextDouble() - 0.5) * 0.2, (random.NextDouble() - 0.5) * one.Along, (random.NextDouble() - 0.5) * two.Along);
            var second = new CartesianState(epoch, Frame.Gcrf, first.PositionKm + miss, new Vector3d(0, speed * Math.Cos(angle), speed * Math.Sin(angle)));
            return new ConjunctionPair(first, Covariance(first, one), second, Covariance(second, two), 0.003 + 0.02 * random.NextDouble());
        })];

        (double Along, double Across) Sigmas() => (0.02 * Math.Pow(100, random.NextDouble()), 0.005 + 0.05 * random.NextDouble());
    }

    private static Covariance6 Covariance(CartesianState state, (double Along, double Across) sigma)
    {
        const double motion = 1.08e-3;
        double[] sigmas = [sigma.Across, sigma.Along, sigma.Across, motion * sigma.Along, motion * sigma.Across, motion * sigma.Across], lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 3) / 2] = sigmas[i] * sigmas[i];
        // An error along the track turns the velocity inwards.
        lower[3 * 4 / 2 + 1] = -0.95 * sigmas[3] * sigmas[1];
        return LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));
    }

    private static ConjunctionPair OfRow(string row)
    {
        double[] f = [.. row.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
        var epoch = Utc.FromDateTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        CartesianState first = State(2), second = State(14);
        return new ConjunctionPair(first, Position(first, 8), second, Position(second, 20), f[1]);

        CartesianState State(int at) => new(epoch, Frame.Gcrf, new Vector3d(f[at], f[at + 1], f[at + 2]), new Vector3d(f[at + 3], f[at + 4], f[at + 5]));

        Covariance6 Position(CartesianState state, int at)
        {
            double[] lower = new double[21];
            (lower[0], lower[2], lower[5], lower[1], lower[3], lower[4]) = (f[at], f[at + 1], f[at + 2], f[at + 3], f[at + 4], f[at + 5]);
            return LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));
        }
    }

    private static ConjunctionPair OfMessage(string file)
    {
        using var stream = File.OpenRead(file);
        var message = new CdmReader(stream, new CdmReadOptions { FileName = file, Now = Utc.FromDateTime(new DateTimeOffset(2024, 11, 1, 0, 0, 0, TimeSpan.Zero)) }).ReadAsync().ToBlockingEnumerable().Select(item => item.Message).First(item => item is not null)!;
        double metres = message.Comments.Where(comment => comment.StartsWith("HBR = ", StringComparison.Ordinal)).Select(comment => double.Parse(comment.Split(' ')[2], CultureInfo.InvariantCulture)).First();
        return new ConjunctionPair(message.First.State, Of(message.First), message.Second.State, Of(message.Second), metres / 1e3);

        static Covariance6 Of(ConjunctionObject one) => LocalOrbitFrame.Of(one.State, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(one.Covariance.Lower[..21]));
    }
}
