using System.Globalization;

namespace SsaShare.Formats;

/// <summary>The keywords of one part of a conjunction message with their values as text: of the whole, or of an object. The inverse of <see cref="CdmInterpreter"/>.</summary>
internal sealed class CdmFields
{
    private const double KmPerM = 1e-3, SecondsPerDay = 86_400;

    private readonly Dictionary<string, (string Text, string? Unit)> _fields = new(StringComparer.Ordinal);

    private CdmFields(IReadOnlyList<string> comments)
    {
        foreach (string comment in comments)
            if (comment.Length > 0 && IsPrintable("COMMENT", comment)) Comments.Add(comment);
    }

    public List<string> Comments { get; } = [];

    /// <summary>The first value that cannot be written; null where all can.</summary>
    public (string Keyword, string Value, string Reason)? Fault { get; private set; }

    public (string Text, string? Unit)? Find(string keyword) => _fields.TryGetValue(keyword, out var field) ? field : null;

    public static CdmFields Of(ConjunctionMessage message)
    {
        var fields = new CdmFields(message.Comments);
        fields.Time("CREATION_DATE", message.Created);
        fields.Text("ORIGINATOR", message.Maker);
        fields.Text("MESSAGE_FOR", message.MadeFor);
        fields.Text("MESSAGE_ID", message.MessageId);
        var approach = message.Approach;
        fields.Time("TCA", approach.Time);
        fields.Number("MISS_DISTANCE", approach.MissDistanceKm, "m", KmPerM);
        fields.Number("RELATIVE_SPEED", approach.RelativeSpeedKmPerS, "m/s", KmPerM);
        // The standard has them together or not at all.
        if (approach is { RelativePositionRtnKm: { } position, RelativeVelocityRtnKmPerS: { } velocity })
        {
            fields.Vector("RELATIVE_POSITION_", "RTN", position, "m", KmPerM);
            fields.Vector("RELATIVE_VELOCITY_", "RTN", velocity, "m/s", KmPerM);
        }
        if (message.Screening is { } screening)
        {
            fields.Time("START_SCREEN_PERIOD", screening.Start);
            fields.Time("STOP_SCREEN_PERIOD", screening.Stop);
            fields.Text("SCREEN_VOLUME_FRAME", screening.Axes);
            fields.Text("SCREEN_VOLUME_SHAPE", screening.Shape);
            fields.Vector("SCREEN_VOLUME_", "XYZ", screening.SizeKm, "m", KmPerM);
            fields.Time("SCREEN_ENTRY_TIME", screening.Entry);
            fields.Time("SCREEN_EXIT_TIME", screening.Exit);
        }
        fields.Number("COLLISION_PROBABILITY", message.Probability?.Value, null, 1);
        fields.Text("COLLISION_PROBABILITY_METHOD", message.Probability?.Method);
        return fields;
    }

    /// <param name="name">OBJECT1 or OBJECT2.</param>
    /// <param name="time">Of closest approach, which the state must be of.</param>
    public static CdmFields Of(ConjunctionObject one, string name, Epoch time, CdmStateFrame frame)
    {
        var fields = new CdmFields(one.Comments);
        foreach (var (keyword, value) in one.Remarks)
        {
            if (CdmKeywords.Remarks.Contains(keyword)) fields.Text(keyword, value);
            else fields.Refuse(keyword, value, "no keyword of an object that is a text");
        }
        fields.Text("OBJECT", name);
        fields.Text("OBJECT_DESIGNATOR", one.Designator);
        fields.Text("CATALOG_NAME", one.Catalog);
        fields.Text("OBJECT_NAME", one.Name);
        fields.Text("INTERNATIONAL_DESIGNATOR", one.InternationalDesignator);
        fields.Text("EPHEMERIS_NAME", one.Ephemeris);
        fields.Text("COVARIANCE_METHOD", one.CovarianceMethod);
        fields.Text("MANEUVERABLE", one.Maneuverable);
        if (one.Determination is { } determination) fields.Put(determination);
        if (one.Body is { } body) fields.Put(body);
        fields.Put(one.State, time, frame);
        foreach (var (entry, value) in CdmKeywords.Covariance.Zip(one.Covariance.Lower.ToArray())) fields.Number(entry.Keyword, value, entry.Unit, entry.ToKept);
        return fields;
    }

    private void Put(ConjunctionDetermination one)
    {
        Time("TIME_LASTOB_START", one.FirstObservation);
        Time("TIME_LASTOB_END", one.LastObservation);
        Number("RECOMMENDED_OD_SPAN", one.RecommendedSpanS, "d", SecondsPerDay);
        Number("ACTUAL_OD_SPAN", one.ActualSpanS, "d", SecondsPerDay);
        Number("OBS_AVAILABLE", one.ObservationsAvailable, null, 1);
        Number("OBS_USED", one.ObservationsUsed, null, 1);
        Number("TRACKS_AVAILABLE", one.TracksAvailable, null, 1);
        Number("TRACKS_USED", one.TracksUsed, null, 1);
        Number("RESIDUALS_ACCEPTED", one.ResidualsAcceptedPercent, "%", 1);
        Number("WEIGHTED_RMS", one.WeightedRms, null, 1);
    }

    private void Put(ConjunctionBody one)
    {
        Number("AREA_PC", one.AreaM2, "m**2", 1);
        Number("AREA_DRG", one.DragAreaM2, "m**2", 1);
        Number("AREA_SRP", one.RadiationAreaM2, "m**2", 1);
        Number("MASS", one.MassKg, "kg", 1);
        Number("CD_AREA_OVER_MASS", one.DragAreaOverMassM2PerKg, "m**2/kg", 1);
        Number("CR_AREA_OVER_MASS", one.RadiationAreaOverMassM2PerKg, "m**2/kg", 1);
        Number("THRUST_ACCELERATION", one.ThrustAccelerationKmPerS2, "m/s**2", KmPerM);
        Number("SEDR", one.EnergyDissipationWPerKg, "W/kg", 1);
    }

    private void Put(CartesianState state, Epoch time, CdmStateFrame frame)
    {
        bool isTurned = frame == CdmStateFrame.Eme2000 && state.Frame == Frame.Gcrf;
        if (state.Frame is not (Frame.Gcrf or Frame.Itrf)) Refuse("REF_FRAME", $"{state.Frame}", "messages have GCRF, EME2000 and ITRF");
        if (state.Epoch != time) Refuse("TCA", Utc.Format(state.Epoch), "the state is of another time");
        Text("REF_FRAME", isTurned ? "EME2000" : state.Frame == Frame.Itrf ? "ITRF" : "GCRF");
        var (position, velocity) = isTurned ? (OdmFrames.ToEme2000(state.PositionKm), OdmFrames.ToEme2000(state.VelocityKmPerS)) : (state.PositionKm, state.VelocityKmPerS);
        Vector("", "XYZ", position, "km", 1);
        foreach (var (axis, value) in ((char, double)[])[('X', velocity.X), ('Y', velocity.Y), ('Z', velocity.Z)]) Number($"{axis}_DOT", value, "km/s", 1);
    }

    private void Text(string keyword, string? text)
    {
        if (text is null) return;
        if (text.Trim().Length != text.Length || text.Length == 0 || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)) Refuse(keyword, text, "empty, or with blanks around it");
        else if (IsPrintable(keyword, text)) _fields[keyword] = (text, null);
    }

    private void Time(string keyword, Epoch? epoch)
    {
        if (epoch is not { } time) return;
        if (Utc.TrySplit(time, out _, out _)) _fields[keyword] = (Utc.Format(time)[..^1], null);
        else Refuse(keyword, Utc.Format(time), "before 1972, where there is no UTC");
    }

    private void Vector(string head, string axes, Vector3d? vector, string unit, double toKept)
    {
        if (vector is not { } v) return;
        foreach (var (axis, value) in axes.Zip((double[])[v.X, v.Y, v.Z])) Number($"{head}{axis}", value, unit, toKept);
    }

    /// <param name="toKept">By which the figure of the message is multiplied to be kept.</param>
    private void Number(string keyword, double? kept, string? unit, double toKept)
    {
        if (kept is not { } value) return;
        if (double.IsFinite(value)) _fields[keyword] = (Digits(value, toKept), unit);
        else Refuse(keyword, value.ToString(CultureInfo.InvariantCulture), "not a finite number");
    }

    /// <summary>The fewest digits that are kept as the same number; where no number of the message's unit is, those of the nearest.</summary>
    private static string Digits(double kept, double toKept)
    {
        double stated = kept / toKept;
        foreach (string format in (string[])["G15", "G16", "R"])
        {
            string text = stated.ToString(format, CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) * toKept == kept) return text;
        }
        foreach (double near in (double[])[Math.BitIncrement(stated), Math.BitDecrement(stated)])
            if (near * toKept == kept) return near.ToString("R", CultureInfo.InvariantCulture);
        return stated.ToString("R", CultureInfo.InvariantCulture);
    }

    private bool IsPrintable(string keyword, string text)
    {
        if (text.Length <= CdmLimits.TextMax && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return true;
        Refuse(keyword, text, $"not printable ASCII, or longer than {CdmLimits.TextMax} characters");
        return false;
    }

    private void Refuse(string keyword, string value, string reason) => Fault ??= (keyword, value, reason);
}
