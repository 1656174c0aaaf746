using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Analytic derivatives against differences of the whole model.</summary>
public class MeasurementPartialsTests
{
    private static readonly SurfaceWeather Air = new(1_005, 295, 70);

    public static TheoryData<string, bool> Cases => [.. from name in Conventions.Keys from inOrbit in new[] { false, true } select (name, inOrbit)];

    private static readonly Dictionary<string, SignalConventions> Conventions = new()
    {
        ["corrected"] = new(),
        ["echo"] = new() { TimeTag = TimeTag.AtReception },
        ["pulse"] = new() { TimeTag = TimeTag.AtTransmission },
        ["radar, object"] = new() { Path = SignalPath.TwoWay, Refraction = Refraction.Radio },
        ["radar, echo"] = new() { Path = SignalPath.TwoWay, TimeTag = TimeTag.AtReception, Refraction = Refraction.Radio, AngleFrame = AngleFrame.Teme },
        ["laser"] = SignalConventions.LaserRanging(0.251e-3),
        ["telescope"] = SignalConventions.Telescope(Aberration.None),
        ["telescope, apparent"] = SignalConventions.Telescope(Aberration.Apparent) with { AngleFrame = AngleFrame.TrueOfDate },
        ["telescope, stars"] = SignalConventions.Telescope(Aberration.AgainstStars) with { AngleFrame = AngleFrame.Eme2000 },
        ["count"] = new() { Path = SignalPath.TwoWay, TimeTag = TimeTag.AtReception, RangeRateCountSeconds = 30 },
        ["count, one way, end"] = new() { Path = SignalPath.OneWay, TimeTag = TimeTag.AtReception, RangeRateCountSeconds = 10, RangeRateCountTag = CountTag.End, Refraction = Refraction.Radio },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Predict_PartialsByTheObject_AgreeWithDifferences(string name, bool inOrbit)
    {
        var observation = Observation(name, inOrbit ? Watch.Platform : Watch.Site);
        double[] partials = new double[36];
        Watch.Model.Predict(observation, Watch.Object.PositionKm, Watch.Object.VelocityKmPerS, partials);
        Compare(name, partials, (dr, dv) => Watch.Model.Predict(observation, Watch.Object.PositionKm + dr, Watch.Object.VelocityKmPerS + dv, []));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Predict_PartialsByTheObserver_AgreeWithDifferences(string name, bool inOrbit)
    {
        IObserver place = inOrbit ? Watch.Platform : Watch.Site;
        double[] partials = new double[36];
        Watch.Model.Predict(Observation(name, place), Watch.Object.PositionKm, Watch.Object.VelocityKmPerS, [], partials);
        Compare(name, partials, (ds, dw) => Watch.Model.Predict(Observation(name, new ShiftedObserver(place, Watch.Tag, ds, dw)), Watch.Object.PositionKm, Watch.Object.VelocityKmPerS, []));
    }

    private static TrackingObservation Observation(string name, IObserver place)
        => new(Watch.With(Conventions[name], place), Watch.Tag, TrackingFigures.None) { Weather = Air };

    private static void Compare(string name, double[] partials, Func<Vector3d, Vector3d, PredictedFigures> shifted)
    {
        // Over a count of 30 s the partials leave out J2, which the figures have.
        double share = name.StartsWith("count", StringComparison.Ordinal) ? 1e-4 : 2e-6;
        for (int column = 0; column < 6; column++)
        {
            double step = column < 3 ? 0.02 : 2e-3;
            var (plus, minus) = (Shifted(step), Shifted(-step));
            for (int row = 0; row < 6; row++)
            {
                var kind = (MeasurementKind)row;
                if (double.IsNaN(plus.Of(kind))) continue;
                double difference = kind is MeasurementKind.Azimuth or MeasurementKind.RightAscension
                    ? Math.IEEERemainder(plus.Of(kind) - minus.Of(kind), Math.Tau) : plus.Of(kind) - minus.Of(kind);
                double size = Enumerable.Range(column < 3 ? 0 : 3, 3).Max(c => Math.Abs(partials[row * 6 + c]));
                // Rounding: 1e-12 km in a range, 1e-16 in an angle.
                double rounding = (kind is MeasurementKind.Range or MeasurementKind.RangeRate ? 2e-12 : 1e-15) / step;
                Assert.True(Math.Abs(difference / (2 * step) - partials[row * 6 + column]) <= share * size + rounding,
                    $"{kind} by {column}: {difference / (2 * step):R} by differences, {partials[row * 6 + column]:R}");
            }

            PredictedFigures Shifted(double by)
            {
                double[] d = new double[6];
                d[column] = by;
                return shifted(new Vector3d(d[0], d[1], d[2]), new Vector3d(d[3], d[4], d[5]));
            }
        }
    }
}
