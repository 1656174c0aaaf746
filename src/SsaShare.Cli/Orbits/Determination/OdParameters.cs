using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What a fit solved for and what it considered, by name.</summary>
internal static class OdParameters
{
    /// <summary>Beside the state: "DRAG", "RADIATION", "BIAS 932 RANGE".</summary>
    public static IEnumerable<string> Of(OdResult result, ParameterTreatment treatment)
    {
        var options = result.Problem.Options;
        bool hasSurface = result.Propagator.Forces.HasSurfaceForces;
        if (hasSurface && options.BallisticTreatment == treatment) yield return "DRAG";
        if (hasSurface && options.RadiationTreatment == treatment) yield return "RADIATION";
        if (options.BiasTreatment == treatment)
            foreach (var bias in result.Fit.Biases) yield return $"BIAS {bias.Sensor.Sensor} {OdWords.Name(bias.Kind).ToUpperInvariant()}";
        if (options.PlatformTreatment != treatment) yield break;
        foreach (var sensor in result.Observations.Where(one => one.Sensor.Place.Covers(one.Epoch) && one.Sensor.Place.Uncertainty(one.Epoch) is not null).Select(one => one.Sensor.Key.Sensor).Distinct())
            yield return $"PLATFORM {sensor}";
    }
}
