using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A fit for programs; `ssa plot` reads it too. Lengths and angles of measurements in m and degrees, azimuth and right ascension residuals across the line of sight.</summary>
internal static class OdJson
{
    public static void Write(Stream stream, OdResult result)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        var fit = result.Fit;
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("frame", "GCRF");
        State(json, fit.State);
        Covariance(json, "covariance_km_s", fit.Covariance);
        Covariance(json, "formal_covariance_km_s", fit.FormalCovariance);
        var sigmas = result.PositionSigmasM;
        json.WriteStartObject("position_sigma_m");
        json.WriteNumber("radial", sigmas.Radial);
        json.WriteNumber("transverse", sigmas.Transverse);
        json.WriteNumber("normal", sigmas.Normal);
        json.WriteEndObject();
        json.WriteStartObject("surface_m2_kg");
        json.WriteNumber("ballistic", fit.Surface.BallisticM2PerKg);
        json.WriteNumber("ballistic_sigma", fit.SurfaceSigma.BallisticM2PerKg);
        json.WriteNumber("radiation", fit.Surface.RadiationM2PerKg);
        json.WriteNumber("radiation_sigma", fit.SurfaceSigma.RadiationM2PerKg);
        json.WriteEndObject();
        json.WriteStartObject("begun_from");
        json.WriteString("method", result.Solution.Method switch { FirstOrbitMethod.RadarPass => "positions_of_a_pass", FirstOrbitMethod.TwoPositions => "two_positions", FirstOrbitMethod.LinesOfSight => "lines_of_sight", _ => "prior" });
        json.WriteString("detail", result.Solution.Begin);
        json.WriteEndObject();
        json.WriteStartObject("forces");
        json.WriteString("set", result.Problem.Forces.Set);
        json.WriteString("sun_and_moon", result.Problem.Forces.Bodies);
        if (result.Propagator.Forces.HasSurfaceForces) json.WriteString("atmosphere", result.Problem.Forces.Atmosphere);
        json.WriteEndObject();
        List(json, "estimated", OdParameters.Of(result, ParameterTreatment.Estimated), json.WriteStringValue);
        List(json, "considered", OdParameters.Of(result, ParameterTreatment.Considered), json.WriteStringValue);
        json.WriteNumber("observations", result.Observations.Count);
        json.WriteNumber("used", fit.ObservationsUsed);
        json.WriteString("first_utc", Utc.Format(fit.Span.First));
        json.WriteString("last_utc", Utc.Format(fit.Span.Last));
        json.WriteNumber("reduced_chi_square", fit.ReducedChiSquare);
        Number(json, "condition_number", fit.ConditionNumber);
        json.WriteNumber("iterations", fit.Iterations);
        Realism(json, fit.Realism);
        List(json, "warnings", result.Warnings, json.WriteStringValue);
        List(json, "biases", fit.Biases, bias => Bias(json, result, bias));
        List(json, "clocks", fit.Clocks, clock =>
        {
            json.WriteStartObject();
            json.WriteString("sensor", clock.Sensor.Sensor.Value);
            json.WriteNumber("seconds", clock.Seconds);
            json.WriteNumber("sigma", clock.Sigma);
            json.WriteEndObject();
        });
        List(json, "statistics", fit.Statistics, one => Statistics(json, one));
        List(json, "edited", fit.Edited, edit => Edited(json, result, edit));
        List(json, "residuals", fit.Residuals, one => Residual(json, result, one));
        List(json, "states", result.States(), state =>
        {
            json.WriteStartObject();
            json.WriteString("id", result.Id);
            State(json, state.State);
            Covariance(json, "covariance_km_s", state.Covariance);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void State(Utf8JsonWriter json, CartesianState state)
    {
        json.WriteString("epoch_utc", Utc.Format(state.Epoch));
        json.WriteNumber("x_km", state.PositionKm.X);
        json.WriteNumber("y_km", state.PositionKm.Y);
        json.WriteNumber("z_km", state.PositionKm.Z);
        json.WriteNumber("vx_km_s", state.VelocityKmPerS.X);
        json.WriteNumber("vy_km_s", state.VelocityKmPerS.Y);
        json.WriteNumber("vz_km_s", state.VelocityKmPerS.Z);
    }

    /// <summary>The lower triangle, row by row.</summary>
    private static void Covariance(Utf8JsonWriter json, string name, Covariance6 covariance)
    {
        json.WriteStartArray(name);
        foreach (double entry in covariance.Lower) json.WriteNumberValue(entry);
        json.WriteEndArray();
    }

    private static void Realism(Utf8JsonWriter json, FitRealism realism)
    {
        json.WriteStartObject("realism");
        json.WriteNumber("passes", realism.Passes);
        Number(json, "suggested_covariance_scale", realism.SuggestedScale);
        if (realism.PassScale is { } passScale) Number(json, "pass_scale", passScale);
        json.WriteNumber("distances", realism.Distances.Count);
        Number(json, "mean_distance_ratio", realism.Distances.MeanRatio);
        Number(json, "cramer_von_mises", realism.Distances.Statistic);
        Number(json, "p_value", realism.Distances.PValue);
        List(json, "residuals", realism.Residuals, one =>
        {
            json.WriteStartObject();
            json.WriteString("sensor", one.Sensor.Sensor.Value);
            json.WriteString("type", OdWords.Name(one.Kind));
            json.WriteNumber("count", one.Count);
            json.WriteNumber("independent", one.Independent);
            json.WriteNumber("chi_square", one.ChiSquare);
            Number(json, "p_value", one.PValue);
            json.WriteNumber("mean_square", one.MeanSquare);
            Number(json, "durbin_watson", one.DurbinWatson);
            Number(json, "lag_one_correlation", one.LagOneCorrelation);
            Number(json, "correlation_s", one.CorrelationSeconds);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Bias(Utf8JsonWriter json, OdResult result, SensorBias bias)
    {
        double scale = OdWords.Scale(bias.Kind);
        json.WriteStartObject();
        Head(json, bias.Sensor, bias.Kind);
        json.WriteNumber("value", bias.Value * scale);
        json.WriteNumber("sigma", bias.Sigma * scale);
        if (result.Observations.FirstOrDefault(one => one.Sensor.Key == bias.Sensor)?.Sensor.Bias.Of(bias.Kind) is { } published) json.WriteNumber("published", published * scale);
        json.WriteEndObject();
    }

    private static void Statistics(Utf8JsonWriter json, ResidualStatistics one)
    {
        double scale = OdWords.Scale(one.Kind);
        json.WriteStartObject();
        Head(json, one.Sensor, one.Kind);
        json.WriteNumber("used", one.Used);
        json.WriteNumber("edited", one.Rejected);
        json.WriteNumber("mean", one.Mean * scale);
        json.WriteNumber("rms", one.RootMeanSquare * scale);
        json.WriteNumber("median_absolute", one.MedianAbsolute * scale);
        json.WriteNumber("sigma", one.Sigma * scale);
        json.WriteEndObject();
    }

    private static void Edited(Utf8JsonWriter json, OdResult result, EditedObservation edit)
    {
        var observation = result.Observations[edit.ObservationIndex];
        json.WriteStartObject();
        json.WriteString("epoch_utc", Utc.Format(observation.Epoch));
        json.WriteString("sensor", observation.Sensor.Key.Sensor.Value);
        if (edit.Kind is { } kind) json.WriteString("type", OdWords.Name(kind));
        json.WriteString("reason", edit.ToString());
        json.WriteEndObject();
    }

    private static void Residual(Utf8JsonWriter json, OdResult result, Residual one)
    {
        var observation = result.Observations[one.ObservationIndex];
        json.WriteStartObject();
        json.WriteString("epoch_utc", Utc.Format(observation.Epoch));
        Head(json, observation.Sensor.Key, one.Kind);
        json.WriteNumber("value", one.Value * OdWords.Scale(one.Kind));
        json.WriteNumber("normalised", one.Normalised);
        json.WriteBoolean("edited", one.IsRejected);
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, SensorKey sensor, MeasurementKind kind)
    {
        json.WriteString("sensor", sensor.Sensor.Value);
        json.WriteString("type", OdWords.Name(kind));
        json.WriteString("unit", OdWords.Unit(kind));
    }

    /// <summary>Left out where there is none.</summary>
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }
}
