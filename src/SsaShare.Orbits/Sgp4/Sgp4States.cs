using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// States of the satellites of one batch at several times: TEME of date, km and km/s. Made once by <see cref="Sgp4Batch.CreateStates"/>, filled again and again.
/// </summary>
public sealed class Sgp4States
{
    private readonly Sgp4Batch _batch;

    internal Sgp4States(Sgp4Batch batch, int times)
    {
        (_batch, Times) = (batch, times);
        Tiles = new AlignedRows(checked(batch.Blocks * times * Row.StateCount * Row.Lanes));
        Errors = new byte[batch.Blocks * times * Row.Lanes];
    }

    public int Satellites => _batch.Count;

    /// <summary>How many times have room.</summary>
    public int Times { get; }

    /// <summary>For each block of eight satellites and each time the rows x, y, z, vx, vy, vz of eight.</summary>
    internal AlignedRows Tiles { get; }

    internal byte[] Errors { get; }

    internal Sgp4Batch Batch => _batch;

    /// <summary>The state of a satellite, counted as the batch was given it, at a time, counted as it was last propagated.</summary>
    public Sgp4State this[int satellite, int time]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(time);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(time, Times);
            int slot = _batch.Slot(satellite), tile = slot / Row.Lanes * Times + time, lane = slot % Row.Lanes;
            var rows = Tiles.Span.Slice(tile * Row.StateCount * Row.Lanes, Row.StateCount * Row.Lanes);
            return new Sgp4State(
                (Sgp4Error)Errors[tile * Row.Lanes + lane],
                new Vector3d(rows[Row.X * Row.Lanes + lane], rows[Row.Y * Row.Lanes + lane], rows[Row.Z * Row.Lanes + lane]),
                new Vector3d(rows[Row.Vx * Row.Lanes + lane], rows[Row.Vy * Row.Lanes + lane], rows[Row.Vz * Row.Lanes + lane]));
        }
    }
}
