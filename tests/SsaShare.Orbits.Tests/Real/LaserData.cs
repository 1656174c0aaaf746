using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Laser ranging of LAGEOS-2 by four stations from 11 to 14 February 2016, with their places, as the reference data have them.</summary>
internal static class LaserData
{
    /// <summary>Range to the reflectors, less than that to the centre of mass: 0.251 m.</summary>
    public const double CentreOfMassKm = 0.251e-3;

    /// <summary>One sigma of a normal point, km: the scatter is millimetres, the rest is what the model leaves out.</summary>
    public const double SigmaKm = 1e-5;

    private const double LightSpeedKmPerS = 299_792.458;

    /// <summary>Normal points with the weather of their station.</summary>
    public static List<TrackingObservation> Read(StationMotion? motion = null, SignalConventions? conventions = null)
    {
        var stations = new Dictionary<string, TrackingSensor>();
        var observations = new List<TrackingObservation>();
        TrackingSensor? station = null;
        SurfaceWeather? weather = null;
        var day = default(Epoch);
        double before = 0;
        foreach (string line in ReferenceData.Lines("obs/lageos2/lageos2_20160214.npt"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length == 0) continue;
            switch (w[0].ToUpperInvariant())
            {
                case "H2":
                    if (!stations.TryGetValue(w[2], out station)) stations.Add(w[2], station = Station(w[2], motion, conventions ?? SignalConventions.LaserRanging(CentreOfMassKm)));
                    break;
                case "H4":
                    (day, before) = (Testing.At($"{w[2]}-{w[3].PadLeft(2, '0')}-{w[4].PadLeft(2, '0')}T00:00:00"), 0);
                    break;
                case "20":
                    weather = new SurfaceWeather(Number(w[2]), Number(w[3]), Number(w[4]));
                    break;
                case "11":
                    double seconds = Number(w[1]), flight = Number(w[2]);
                    // A session that runs past midnight goes on counting in the next day.
                    if (seconds < before) day = day.PlusSeconds(86_400);
                    before = seconds;
                    observations.Add(new TrackingObservation(station!, day.PlusSeconds(seconds), new TrackingFigures(flight / 2 * LightSpeedKmPerS)) { Weather = weather });
                    break;
            }
        }
        return observations;
    }

    /// <summary>The place of a station from the SLRF2014 and the survey of its reference point, of the solution that holds in February 2016.</summary>
    private static TrackingSensor Station(string name, StationMotion? motion, SignalConventions conventions)
    {
        var figures = new Dictionary<string, double>();
        foreach (string line in ReferenceData.Lines("obs/lageos2/SLRF2014_POS+VEL_2030.0_200428.snx"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length == 10 && w[2] == name && w[3] == "A" && w[5] == "10:001:00000") figures[w[1]] = Number(w[8]);
        }
        Vector3d position = new Vector3d(figures["STAX"], figures["STAY"], figures["STAZ"]) / 1_000, velocity = new Vector3d(figures["VELX"], figures["VELY"], figures["VELZ"]) / 1_000;
        var offset = Wgs84.ItrfToEastNorthUp(Wgs84.ToGeodetic(position)).TransposedTimes(Eccentricity(name)) / 1_000;
        motion = (motion ?? new StationMotion { SolidTide = true, PoleTide = true }) with { VelocityKmPerYear = velocity, ReferenceEpoch = Testing.At("2010-01-01T00:00:00") };
        return new TrackingSensor(new SensorKey(PartnerId.Parse("laser"), SensorId.Parse(name)), new SensorSite(position + offset, motion), new TrackingFigures(SigmaKm), TrackingFigures.None) { Conventions = conventions };
    }

    /// <summary>East, north, up of the reference point from the mark, m: the last line of the station that is open or ends after the data.</summary>
    private static Vector3d Eccentricity(string name)
    {
        foreach (string line in ReferenceData.Lines("obs/lageos2/ecc_une.snx"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length == 11 && w[0] == name && w[1] == "A" && w[6] == "UNE" && w[5].StartsWith("00:000", StringComparison.Ordinal)) return new Vector3d(Number(w[9]), Number(w[8]), Number(w[7]));
        }
        throw new InvalidOperationException($"No eccentricity of {name}.");
    }

    /// <summary>The prediction of another centre for 13 February: ITRF positions every five minutes, interpolated with degree 9 as predictions of this kind ask for.</summary>
    /// <param name="at">From 00:25 to 23:25.</param>
    /// <param name="rotation">Takes it to GCRF.</param>
    public static CartesianState Predicted(Epoch at, EarthRotation rotation)
    {
        (double Seconds, Vector3d Km)[] nodes = [.. PredictedItrf.Value.Where(p => Math.Abs(p.Epoch.SecondsSince(at)) < 1_500)
            .Select(p => (p.Epoch.SecondsSince(at), rotation.ToGcrf(new CartesianState(p.Epoch, Frame.Itrf, p.Km, default)).PositionKm))];
        Assert.InRange(nodes.Length, 9, 10);
        return new CartesianState(at, Frame.Gcrf, position(0), position(0.5) - position(-0.5));

        Vector3d position(double seconds)
        {
            var sum = Vector3d.Zero;
            foreach (var one in nodes)
            {
                double share = 1;
                foreach (var other in nodes)
                    if (other.Seconds != one.Seconds) share *= (seconds - other.Seconds) / (one.Seconds - other.Seconds);
                sum += share * one.Km;
            }
            return sum;
        }
    }

    private static readonly Lazy<List<(Epoch Epoch, Vector3d Km)>> PredictedItrf = new(() =>
    [
        .. from line in ReferenceData.Lines("obs/lageos2/lageos2_cpf_160213_5441.sgf")
           let w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where w.Length == 8 && w[0] == "10"
           select (Testing.At("2016-02-13T00:00:00").PlusSeconds((Number(w[2]) - 57_431) * 86_400 + Number(w[3])), new Vector3d(Number(w[5]), Number(w[6]), Number(w[7])) / 1_000),
    ]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
