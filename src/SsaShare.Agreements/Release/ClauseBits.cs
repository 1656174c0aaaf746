namespace SsaShare.Agreements;

/// <summary>Sets of clauses, 64 to a word.</summary>
internal static class ClauseBits
{
    public static int Words(int clauses) => (clauses + 63) / 64;

    public static void Set(ulong[] bits, int clause) => bits[clause / 64] |= 1UL << (clause % 64);

    public static ulong[] All(int clauses)
    {
        ulong[] bits = new ulong[Words(clauses)];
        for (int i = 0; i < clauses; i++) Set(bits, i);
        return bits;
    }
}
