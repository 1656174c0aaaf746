using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>An object on a known orbit and what telescopes see of it, as the files that they would send.</summary>
internal static class OpticalScene
{
    private const double DegPerRad = 180 / Math.PI;

    private static readonly PartnerId Owner = PartnerId.Parse("test");
    private static readonly EarthRotation Rotation = EarthRotation.Default;

    /// <summary>Without surface forces, as `ssa od --ballistic 0 --radiation 0 --forces precise` sees it.</summary>
    public static Propagator Propagator { get; } = new(new ForceModel(ForceModelOptions.Precise with { Surface = false, GradientDegree = 8 }), 1e-9);

    private static MeasurementModel Model { get; } = new(Rotation, SignalConventions.Corrected);

    public static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new ArgumentException(utc);

    /// <summary>A segment of a tracking data message: right ascension and declination in EME2000 with noise, where the object stands higher than 20 degrees over a site, or anywhere for a platform.</summary>
    public static string Seen(CartesianState start, string sensor, IObserver place, IEnumerable<double> seconds, double noiseRad, int seed)
    {
        var telescope = new TrackingSensor(new SensorKey(Owner, SensorId.Parse(sensor)), place, new TrackingFigures(RightAscensionRad: noiseRad, DeclinationRad: noiseRad), new TrackingFigures())
        {
            Conventions = SignalConventions.Telescope(Aberration.None) with { AngleFrame = AngleFrame.Eme2000 },
        };
        Epoch[] epochs = [.. seconds.Select(start.Epoch.PlusSeconds)];
        if (!Propagator.TrySample(start, default, epochs, false, out var states)) throw new InvalidOperationException("No orbit.");
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        var text = new StringBuilder($"META_START\nTIME_SYSTEM = UTC\nPARTICIPANT_1 = {sensor}\nPARTICIPANT_2 = 40000\nMODE = SEQUENTIAL\nPATH = 2,1\nANGLE_TYPE = RADEC\nREFERENCE_FRAME = EME2000\nMETA_STOP\nDATA_START\n");
        int count = 0;
        foreach (var state in states)
        {
            var seen = Model.Predict(telescope, state.ToState());
            if (place.HasHorizon && !(seen.ElevationRad > 20 / DegPerRad)) continue;
            count++;
            string at = Utc.Format(state.Epoch).TrimEnd('Z');
            double dec = seen.DeclinationRad + noiseRad * Normal(), ra = seen.RightAscensionRad + noiseRad * Normal() / Math.Cos(dec);
            text.Append(CultureInfo.InvariantCulture, $"ANGLE_1 = {at} {ra * DegPerRad:F7}\nANGLE_2 = {at} {dec * DegPerRad:F7}\n");
        }
        return count > 0 ? text.Append("DATA_STOP\n").ToString() : "";
    }

    public static string Message(params IEnumerable<string> segments) => $"CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2015-06-01T00:00:00\nORIGINATOR = TEST\n{string.Concat(segments)}";

    /// <summary>Whose orbit is known to so many metres along each axis, as an OEM.</summary>
    public static string Ephemeris(CartesianState start, double hours, double? sigmaM, out OrbitingPlatform platform)
    {
        Epoch[] epochs = [.. Enumerable.Range(-2, (int)(hours * 60) + 5).Select(i => start.Epoch.PlusSeconds(60 * i))];
        if (!Propagator.TrySample(start, default, epochs, false, out var states)) throw new InvalidOperationException("No orbit.");
        platform = new OrbitingPlatform([.. states.Select(state => state.ToState())]);
        string first = Time(epochs[0]), last = Time(epochs[^1]);
        var text = new StringBuilder($"CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2015-06-01T00:00:00\nORIGINATOR = TEST\nMETA_START\nOBJECT_NAME = EYE\nOBJECT_ID = 2010-001A\nCENTER_NAME = EARTH\nREF_FRAME = GCRF\nTIME_SYSTEM = UTC\nSTART_TIME = {first}\nSTOP_TIME = {last}\nMETA_STOP\n");
        foreach (var state in states)
            text.Append(CultureInfo.InvariantCulture, $"{Time(state.Epoch)} {state.PositionKm.X:F9} {state.PositionKm.Y:F9} {state.PositionKm.Z:F9} {state.VelocityKmPerS.X:F12} {state.VelocityKmPerS.Y:F12} {state.VelocityKmPerS.Z:F12}\n");
        if (sigmaM is not { } sigma) return text.ToString();
        double variance = sigma * sigma * 1e-6;
        text.Append("COVARIANCE_START\n");
        foreach (string time in (string[])[first, last])
            text.Append(CultureInfo.InvariantCulture, $"EPOCH = {time}\nCOV_REF_FRAME = RTN\n{variance}\n0 {variance}\n0 0 {variance}\n0 0 0 1e-12\n0 0 0 0 1e-12\n0 0 0 0 0 1e-12\n");
        return text.Append("COVARIANCE_STOP\n").ToString();

        static string Time(Epoch epoch) => Utc.Format(epoch).TrimEnd('Z');
    }
}
