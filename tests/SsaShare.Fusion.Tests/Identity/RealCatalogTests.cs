using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using SsaShare.Domain;

namespace SsaShare.Fusion.Tests.Identity;

/// <summary>The public catalog of 2024-11-01 against itself as another source would have it: each set moved by a few hundred metres, in another order.</summary>
public sealed class RealCatalogTests
{
    private const double RadPerDegree = Math.PI / 180;

    [Fact]
    public void Match_WholeCatalogPerturbed_WhatIsSaidToBeTheSameIs()
    {
        var first = Read();
        var random = new Random(11);
        int[] order = [.. Enumerable.Range(0, first.Count)];
        random.Shuffle(order);
        var second = order.Select(of => Moved(first[of], random)).ToList();
        var watch = Process.GetCurrentProcess().TotalProcessorTime;
        var matches = SameOrbit.Match(first, second, Seeds.At("2024-11-01T00:00:00"));
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - watch).TotalSeconds;
        var same = matches.Where(m => m.Answer == MatchAnswer.Same).ToList();
        int wrong = same.Count(m => order[m.Nearest!.Value] != m.First), ambiguous = matches.Count(m => m.Answer == MatchAnswer.Ambiguous), inside = matches.Count(m => m.Answer == MatchAnswer.Ambiguous && (order[m.Nearest!.Value] == m.First || m.Others.Any(o => order[o] == m.First)));
        string against = $"catalog of 2024-11-01, {first.Count} sets, each perturbed";
        Figure.Say("objects recognised by orbit", against, "share said to be the same", (double)same.Count / first.Count, "1");
        Figure.Say("objects recognised by orbit", against, "wrong among them", wrong, "1");
        Figure.Say("objects recognised by orbit", against, "share ambiguous", (double)ambiguous / first.Count, "1");
        Figure.Say("objects recognised by orbit", against, "share of the ambiguous that name the right one", (double)inside / Math.Max(1, ambiguous), "1");
        Figure.Say("objects recognised by orbit", against, "share without an answer", (double)matches.Count(m => m.Answer is MatchAnswer.None or MatchAnswer.NoOrbit) / first.Count, "1");
        Figure.Say("objects recognised by orbit", against, "processor time", seconds, "s");
        Assert.True(wrong <= 1e-3 * same.Count, $"{wrong} of {same.Count}");
        Assert.True(same.Count >= 0.9 * first.Count, $"{same.Count} of {first.Count}");
        Assert.True(inside >= 0.99 * ambiguous);
    }

    private static ElementSet Moved(ElementSet one, Random random) => one with
    {
        ObjectTag = null,
        MeanAnomalyRad = one.MeanAnomalyRad + 0.4 * Candidates.SimulatedPasses.Normal(random) * AngleOfKilometre(one),
        InclinationRad = one.InclinationRad + 0.1 * Candidates.SimulatedPasses.Normal(random) * AngleOfKilometre(one),
        MeanMotionRevPerDay = one.MeanMotionRevPerDay * (1 + 3e-7 * Candidates.SimulatedPasses.Normal(random)),
    };

    private static double AngleOfKilometre(ElementSet one) => 1 / Math.Cbrt(398_600.4418 / Math.Pow(one.MeanMotionRevPerDay * Math.Tau / 86_400, 2));

    private static List<ElementSet> Read()
    {
        string? root = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA");
        string? file = root is null ? null : Path.Combine(root, "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz");
        if (!File.Exists(file)) Assert.Skip("skipped: reference data not found");
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        string[] columns = reader.ReadLine()!.Split(',');
        var sets = new List<ElementSet>();
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(',');
            if (words.Length != columns.Length) continue;
            double number(string column) => double.Parse(words[Array.IndexOf(columns, column)], CultureInfo.InvariantCulture);
            double angle(string column) => number(column) * RadPerDegree;
            sets.Add(new ElementSet(words[Array.IndexOf(columns, "NORAD_CAT_ID")], Seeds.At(words[Array.IndexOf(columns, "EPOCH")]), number("MEAN_MOTION"), number("ECCENTRICITY"), angle("INCLINATION"), angle("RA_OF_ASC_NODE"),
                angle("ARG_OF_PERICENTER"), angle("MEAN_ANOMALY"), number("BSTAR"), number("MEAN_MOTION_DOT"), number("MEAN_MOTION_DDOT")));
        }
        return sets;
    }
}
