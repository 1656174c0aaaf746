namespace SsaShare.Formats;

/// <summary>From the parts of a conjunction data message to what it says: metres become kilometres, days seconds, and EME2000 GCRF.</summary>
internal static class CdmInterpreter
{
    private const double KmPerM = 1e-3, SecondsPerDay = 86_400;

    /// <returns>A message that counts only when nothing was refused.</returns>
    public static ConjunctionMessage? Interpret(CdmPart whole, CdmPart first, CdmPart second, List<OdmComplaint> complaints, Epoch now)
    {
        string id = whole.Text("MESSAGE_ID"), maker = whole.Text("ORIGINATOR");
        var created = whole.Time("CREATION_DATE");
        var approach = ReadApproach(whole, now);
        var screening = ReadScreening(whole);
        var probability = ReadProbability(whole);
        var (one, other) = (ReadObject(first, approach.Time), ReadObject(second, approach.Time));
        return complaints.Exists(complaint => complaint.Severity == IssueSeverity.Refused) || one is null || other is null ? null
            : new ConjunctionMessage(id, maker, whole.TextOrNull("MESSAGE_FOR"), created, approach, screening, probability, one, other, whole.Comments);
    }

    private static ClosestApproach ReadApproach(CdmPart whole, Epoch now)
    {
        var time = whole.Time("TCA");
        if (time != default && time < TdmLimits.Earliest) whole.RefuseField("TCA", "before the first satellite", "correct it");
        if (time > now.Plus(CdmLimits.AheadMax)) whole.RefuseField("TCA", $"more than {CdmLimits.AheadMax.TotalDays:F0} days ahead", "correct it");
        return new ClosestApproach(time, whole.Number("MISS_DISTANCE", "m", 0, 1e9) * KmPerM, whole.NumberOrNull("RELATIVE_SPEED", "m/s", 0, 200_000) * KmPerM,
            whole.VectorOrNull("RELATIVE_POSITION_R", "RELATIVE_POSITION_T", "RELATIVE_POSITION_N", "m", KmPerM),
            whole.VectorOrNull("RELATIVE_VELOCITY_R", "RELATIVE_VELOCITY_T", "RELATIVE_VELOCITY_N", "m/s", KmPerM));
    }

    private static ConjunctionScreening? ReadScreening(CdmPart whole)
    {
        var screening = new ConjunctionScreening(whole.TimeOrNull("START_SCREEN_PERIOD"), whole.TimeOrNull("STOP_SCREEN_PERIOD"), whole.WordOrNull("SCREEN_VOLUME_FRAME", "RTN", "TVN"),
            whole.WordOrNull("SCREEN_VOLUME_SHAPE", "ELLIPSOID", "BOX"), whole.VectorOrNull("SCREEN_VOLUME_X", "SCREEN_VOLUME_Y", "SCREEN_VOLUME_Z", "m", KmPerM),
            whole.TimeOrNull("SCREEN_ENTRY_TIME"), whole.TimeOrNull("SCREEN_EXIT_TIME"));
        return screening == new ConjunctionScreening(null, null, null, null, null, null, null) ? null : screening;
    }

    private static CollisionProbability? ReadProbability(CdmPart whole)
    {
        string? method = whole.TextOrNull("COLLISION_PROBABILITY_METHOD");
        if (whole.NumberOrNull("COLLISION_PROBABILITY", "", 0, 1) is { } value) return new CollisionProbability(value, method);
        if (method is not null && !whole.Has("COLLISION_PROBABILITY")) whole.RefuseField("COLLISION_PROBABILITY_METHOD", "without COLLISION_PROBABILITY", "give both or none");
        return null;
    }

    private static ConjunctionObject? ReadObject(CdmPart part, Epoch time)
    {
        string designator = part.Text("OBJECT_DESIGNATOR"), catalog = part.Text("CATALOG_NAME"), name = part.Text("OBJECT_NAME"), international = part.Text("INTERNATIONAL_DESIGNATOR");
        string ephemeris = part.Text("EPHEMERIS_NAME"), method = part.Word("COVARIANCE_METHOD", "CALCULATED", "DEFAULT"), maneuverable = part.Word("MANEUVERABLE", "YES", "NO", "N/A");
        if (part.TextOrNull("ORBIT_CENTER") is { } centre && !centre.Equals("EARTH", StringComparison.OrdinalIgnoreCase)) part.RefuseField("ORBIT_CENTER", "not read", "only orbits about the EARTH are");
        var state = ReadState(part, time);
        var covariance = ReadCovariance(part);
        var determination = ReadDetermination(part);
        var body = ReadBody(part);
        if (state is null || covariance is null) return null;
        return new ConjunctionObject(designator, catalog, name, international.Length > 0 ? international : "UNKNOWN", state, covariance, ephemeris, method, maneuverable,
            [.. CdmKeywords.Remarks.Where(part.Has).Select(keyword => KeyValuePair.Create(keyword, part.Text(keyword)))], determination, body, part.Comments);
    }

    private static CartesianState? ReadState(CdmPart part, Epoch time)
    {
        var position = new Vector3d(part.Number("X", "km"), part.Number("Y", "km"), part.Number("Z", "km"));
        var velocity = new Vector3d(part.Number("X_DOT", "km/s"), part.Number("Y_DOT", "km/s"), part.Number("Z_DOT", "km/s"));
        if (position.IsFinite && position.Norm is not (>= OdmLimits.MinDistanceKm and <= OdmLimits.MaxDistanceKm)) part.RefuseField("X", $"a place {position.Norm:G4} km from the Earth's centre", "check that positions are in km");
        if (velocity.IsFinite && !(velocity.Norm <= OdmLimits.MaxSpeedKmPerS)) part.RefuseField("X_DOT", $"a speed of {velocity.Norm:G4} km/s", "check that velocities are in km/s");
        string frame = part.Word("REF_FRAME", "GCRF", "EME2000", "ITRF");
        if (!position.IsFinite || !velocity.IsFinite || frame.Length == 0) return null;
        return frame == "EME2000" ? new CartesianState(time, Frame.Gcrf, OdmFrames.FromEme2000(position), OdmFrames.FromEme2000(velocity))
            : new CartesianState(time, frame == "ITRF" ? Frame.Itrf : Frame.Gcrf, position, velocity);
    }

    /// <summary>The six parameters of the state must be there; the others follow in their order, each row whole.</summary>
    private static RtnCovariance? ReadCovariance(CdmPart part)
    {
        var lower = new List<double>(CdmKeywords.Covariance.Length);
        bool isOver = false;
        for (int row = 0; row < RtnCovariance.SizeMax; row++)
        {
            var entries = CdmKeywords.Covariance.AsSpan(row * (row + 1) / 2, row + 1);
            bool isGiven = row < RtnCovariance.SizeMin;
            foreach (var entry in entries) isGiven |= part.Has(entry.Keyword);
            if (isGiven && isOver) part.RefuseField(entries[0].Keyword, "the row before it is missing", "give the rows in order");
            isOver |= !isGiven;
            if (isOver) continue;
            foreach (var entry in entries) lower.Add(part.Number(entry.Keyword, entry.Unit) * entry.ToKept);
            if (lower[^1] < 0) part.RefuseField(entries[^1].Keyword, "a negative variance", "correct the covariance");
        }
        double[] all = [.. lower];
        return RtnCovariance.AreValid(all) ? new RtnCovariance(all) : null;
    }

    private static ConjunctionDetermination? ReadDetermination(CdmPart part)
    {
        var determination = new ConjunctionDetermination(part.TimeOrNull("TIME_LASTOB_START"), part.TimeOrNull("TIME_LASTOB_END"),
            part.NumberOrNull("RECOMMENDED_OD_SPAN", "d", 0, 1e6) * SecondsPerDay, part.NumberOrNull("ACTUAL_OD_SPAN", "d", 0, 1e6) * SecondsPerDay,
            part.CountOrNull("OBS_AVAILABLE"), part.CountOrNull("OBS_USED"), part.CountOrNull("TRACKS_AVAILABLE"), part.CountOrNull("TRACKS_USED"),
            part.NumberOrNull("RESIDUALS_ACCEPTED", "%", 0, 100), part.NumberOrNull("WEIGHTED_RMS", "", 0));
        return determination == new ConjunctionDetermination(null, null, null, null, null, null, null, null, null, null) ? null : determination;
    }

    private static ConjunctionBody? ReadBody(CdmPart part)
    {
        var body = new ConjunctionBody(part.NumberOrNull("AREA_PC", "m**2", 0), part.NumberOrNull("MASS", "kg", 0), part.NumberOrNull("CD_AREA_OVER_MASS", "m**2/kg"),
            part.NumberOrNull("CR_AREA_OVER_MASS", "m**2/kg"), part.NumberOrNull("THRUST_ACCELERATION", "m/s**2") * KmPerM, part.NumberOrNull("SEDR", "W/kg"))
        {
            DragAreaM2 = part.NumberOrNull("AREA_DRG", "m**2", 0),
            RadiationAreaM2 = part.NumberOrNull("AREA_SRP", "m**2", 0),
        };
        return body == new ConjunctionBody(null, null, null, null, null, null) ? null : body;
    }
}
