namespace SsaShare.Formats;

/// <summary>What a fault that a parser finds costs.</summary>
internal enum NdmScope
{
    /// <summary>The line or element alone.</summary>
    Row = 1,
    /// <summary>The block, segment or message that is checked as one.</summary>
    Unit = 2,
}

/// <summary>Takes what a parser of KVN, XML or JSON finds, in order. Events nest, whatever the input was.</summary>
internal interface INdmSink
{
    /// <summary>Nothing more is wanted.</summary>
    bool IsStopped { get; }

    void Event(NdmEvent one);

    /// <summary>Something that is no event.</summary>
    void Fault(NdmScope scope, long line, int column, string field, string value, string reason, string remedy);

    /// <summary>Something because of which the rest cannot be read.</summary>
    void Stop(long line, int column, string field, string value, string reason, string remedy);

    /// <summary>The input has ended; all events have been given.</summary>
    void Complete(long line);
}
