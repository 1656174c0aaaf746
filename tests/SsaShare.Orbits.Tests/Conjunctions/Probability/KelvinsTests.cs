using System.Globalization;
using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>The 1,085 real conjunctions in low orbit that Orekit's tests hold, with another's answers.</summary>
public sealed class KelvinsTests
{
    private const string Against = "the figures published with them";

    [Fact]
    public void Probabilities_RealConjunctions_AgreeWithPublishedFigures()
    {
        List<double> foster = [], series = [], pointLike = [], maximum = [], squared = [], miss = [], strips = [];
        int tooLarge = 0;
        foreach (string[] row in ReferenceData.Lines("pc/kelvins/conjunctions.csv").Skip(1).Select(line => line.Split(',')))
        {
            double[] f = [.. row.Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
            CartesianState first = State(f, 2), second = State(f, 14);
            var pair = new ConjunctionPair(first, Position(first, f, 8), second, Position(second, f, 20), f[1]);
            Assert.True(EncounterGeometry.TryOf(pair, out var geometry));
            var plane = geometry!.Plane;
            double p = FosterProbability.Of(plane);
            foster.Add(Relative(p, f[26]));
            strips.Add(Relative(Strips(plane), f[26]));
            pointLike.Add(Relative(MaximumProbability.PointLike(plane), f[27]));
            maximum.Add(Relative(MaximumProbability.PointLikeMaximum(plane), f[28]));
            miss.Add(Math.Abs(geometry.MissDistanceKm - f[29]) * 1e6);
            squared.Add(Relative(plane.MahalanobisSquared, f[31]));
            if (SeriesProbability.TryOf(plane, out double fast, out double remainder))
            {
                series.Add(Relative(fast, p));
                Assert.True(remainder <= 1e-12 * fast);
            }
            else tooLarge++;
        }
        Assert.Equal(1_085, foster.Count);
        Figure.Quantiles("1,085 low-orbit conjunctions, 2D probability by integration, relative", "the published sum of 99 strips, 1.06e-3 short in area", foster, "");
        Figure.Quantiles("1,085 low-orbit conjunctions, 2D probability as a sum of 99 strips, relative", Against, strips, "", Aim.AtMost(1e-3));
        Figure.Quantiles("1,085 low-orbit conjunctions, point-like probability, relative", Against, pointLike, "", Aim.AtMost(1e-3));
        Figure.Quantiles("1,085 low-orbit conjunctions, point-like maximum probability, relative", Against, maximum, "", Aim.AtMost(1e-3));
        Figure.Quantiles("1,085 low-orbit conjunctions, squared Mahalanobis distance, relative", Against, squared, "", Aim.AtMost(1e-3));
        Figure.Quantiles($"low-orbit conjunctions, 2D probability by series, relative, {tooLarge} left to integration", "our integration", series, "", Aim.AtMost(1e-6));
        Figure.Quantiles("1,085 low-orbit conjunctions, miss distance", Against, miss, "mm");
        Assert.InRange(strips.Max(), 0, 1e-6);
        Assert.InRange(foster.Max(), 0, 4e-3);
        Assert.InRange(pointLike.Max(), 0, 1e-3);
        Assert.InRange(maximum.Max(), 0, 1e-3);
        Assert.InRange(squared.Max(), 0, 1e-3);
        Assert.InRange(series.Max(), 0, 1e-9);
        Assert.InRange(tooLarge, 0, 20);
    }

    /// <summary>Alfano's eq. 5a as the published column has it: a hundred strips across the disc by the trapezoid rule, whose area alone is 1.058e-3 too small. The integral itself is larger by that.</summary>
    private static double Strips(EncounterPlane plane)
    {
        double sum = 0, step = plane.RadiusKm / 50;
        for (int k = 1; k < 100; k++)
        {
            double x = -plane.RadiusKm + k * step, half = Math.Sqrt(plane.RadiusKm * plane.RadiusKm - x * x), off = (x - plane.MissMajorKm) / plane.SigmaMajorKm;
            sum += Math.Exp(-0.5 * off * off + ErrorFunction.LogNormalBetween((plane.MissMinorKm - half) / plane.SigmaMinorKm, (plane.MissMinorKm + half) / plane.SigmaMinorKm));
        }
        return sum * step / (plane.SigmaMajorKm * Math.Sqrt(Math.Tau));
    }

    private static double Relative(double value, double expected) => value == expected ? 0 : Math.Abs(value - expected) / Math.Max(Math.Abs(expected), 1e-300);

    private static CartesianState State(double[] f, int at) => new(Testing.At("2020-01-01T00:00:00"), Frame.Gcrf, new Vector3d(f[at], f[at + 1], f[at + 2]), new Vector3d(f[at + 3], f[at + 4], f[at + 5]));

    /// <remarks>In the file's order rr, tt, nn, rt, rn, tn; nothing is known of the velocity.</remarks>
    private static Covariance6 Position(CartesianState state, double[] f, int at)
    {
        double[] lower = new double[21];
        (lower[0], lower[2], lower[5], lower[1], lower[3], lower[4]) = (f[at], f[at + 1], f[at + 2], f[at + 3], f[at + 4], f[at + 5]);
        return LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));
    }
}
