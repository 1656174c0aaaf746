using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SsaShare.Orbits;

/// <summary>Blocks of a kind, and which kernel works on them.</summary>
public sealed partial class Sgp4Batch
{
    private enum BlockKind
    {
        Near = 0,
        Deep = 1,
        Synchronous = 2,
        HalfDay = 3,
    }

    private readonly record struct Block(BlockKind Kind, int Start, int Rows);

    /// <summary>Where the numbers of one block lie.</summary>
    private readonly ref struct Work(ref double rows, ref double minutes, ref double resonance, ref double tiles, ref byte errors)
    {
        public readonly ref double Rows = ref rows, Minutes = ref minutes, Resonance = ref resonance, Tiles = ref tiles;
        public readonly ref byte Errors = ref errors;

        /// <summary>From a time on, with the minutes anew.</summary>
        public Work At(int time) => new(
            ref Rows, ref Minutes, ref Resonance, ref Unsafe.Add(ref Tiles, time * Row.StateCount * Row.Lanes), ref Unsafe.Add(ref Errors, time * Row.Lanes));
    }

    /// <summary>Gives every satellite its slot; the last block of a kind is filled up with its own first satellite.</summary>
    private (Block[] Blocks, int[] SatelliteOfSlot, int Rows) Arrange()
    {
        var blocks = new List<Block>();
        var satelliteOfSlot = new List<int>();
        int start = 0;
        foreach (var kind in Enum.GetValues<BlockKind>())
        {
            int rows = kind == BlockKind.Near ? Row.NearCount : Row.DeepCount;
            int[] members = [.. Enumerable.Range(0, Count).Where(satellite => KindOf(_satellites[satellite]) == kind)];
            foreach (int[] block in members.Chunk(Row.Lanes))
            {
                blocks.Add(new Block(kind, start, rows));
                start = checked(start + rows * Row.Lanes);
                for (int lane = 0; lane < block.Length; lane++) _slots[block[lane]] = satelliteOfSlot.Count + lane;
                satelliteOfSlot.AddRange(block);
                satelliteOfSlot.AddRange(Enumerable.Repeat(block[0], Row.Lanes - block.Length));
            }
        }
        return ([.. blocks], [.. satelliteOfSlot], start);
    }

    private static BlockKind KindOf(Sgp4Propagator satellite) => satellite.DeepSpace switch
    {
        null => BlockKind.Near,
        { Resonance: null } => BlockKind.Deep,
        { Resonance.Kind: ResonanceKind.Synchronous } => BlockKind.Synchronous,
        _ => BlockKind.HalfDay,
    };

    private static ResonanceKind ResonanceOf(BlockKind kind) => kind switch
    {
        BlockKind.Synchronous => ResonanceKind.Synchronous,
        BlockKind.HalfDay => ResonanceKind.HalfDay,
        _ => ResonanceKind.None,
    };

    private void Start(BlockKind kind, Work work)
    {
        var resonance = ResonanceOf(kind);
        if (resonance == ResonanceKind.None) return;
        if (Vectors == Sgp4Vectors.Eight)
        {
            Resonance512.Start(ref work.Rows, resonance, ref work.Resonance);
            return;
        }
        for (int lane = 0; lane < Row.Lanes; lane += Vector256<double>.Count)
            Resonance256.Start(ref Unsafe.Add(ref work.Rows, lane), resonance, ref Unsafe.Add(ref work.Resonance, lane));
    }

    private void RunLanes(BlockKind kind, int times, Work work)
    {
        if (Vectors == Sgp4Vectors.Eight)
        {
            if (kind == BlockKind.Near) NearKernel512.Run(ref work.Rows, ref work.Minutes, times, _setting, ref work.Tiles, ref work.Errors);
            else DeepKernel512.Run(ref work.Rows, ResonanceOf(kind), ref work.Resonance, ref work.Minutes, times, _setting, ref work.Tiles, ref work.Errors);
            return;
        }
        for (int lane = 0; lane < Row.Lanes; lane += Vector256<double>.Count)
        {
            ref double rows = ref Unsafe.Add(ref work.Rows, lane), minutes = ref Unsafe.Add(ref work.Minutes, lane), tiles = ref Unsafe.Add(ref work.Tiles, lane);
            ref byte errors = ref Unsafe.Add(ref work.Errors, lane);
            if (kind == BlockKind.Near) NearKernel256.Run(ref rows, ref minutes, times, _setting, ref tiles, ref errors);
            else DeepKernel256.Run(ref rows, ResonanceOf(kind), ref Unsafe.Add(ref work.Resonance, lane), ref minutes, times, _setting, ref tiles, ref errors);
        }
    }

    private void RunScalar(int block, int times, Work work)
    {
        for (int i = 0; i < times; i++)
        for (int lane = 0; lane < Row.Lanes; lane++)
        {
            var state = _satellites[_satelliteOfSlot[block * Row.Lanes + lane]].Propagate(Unsafe.Add(ref work.Minutes, i * Row.Lanes + lane));
            ref double tile = ref Unsafe.Add(ref work.Tiles, i * Row.StateCount * Row.Lanes + lane);
            Unsafe.Add(ref tile, Row.X * Row.Lanes) = state.PositionKm.X;
            Unsafe.Add(ref tile, Row.Y * Row.Lanes) = state.PositionKm.Y;
            Unsafe.Add(ref tile, Row.Z * Row.Lanes) = state.PositionKm.Z;
            Unsafe.Add(ref tile, Row.Vx * Row.Lanes) = state.VelocityKmPerS.X;
            Unsafe.Add(ref tile, Row.Vy * Row.Lanes) = state.VelocityKmPerS.Y;
            Unsafe.Add(ref tile, Row.Vz * Row.Lanes) = state.VelocityKmPerS.Z;
            Unsafe.Add(ref work.Errors, i * Row.Lanes + lane) = (byte)state.Error;
        }
    }
}
