using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace Grpc.Wire;

/// <summary>Which fields of a message type are messages themselves: all that is needed to walk over its bytes without making objects.</summary>
internal sealed class MessageShape
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageShape> Known = new();

    private readonly MessageDescriptor?[] _messages;
    private readonly MessageShape?[] _shapes;

    private MessageShape(MessageDescriptor type)
    {
        int last = type.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.Message).Select(field => field.FieldNumber).DefaultIfEmpty(0).Max();
        _messages = new MessageDescriptor?[last + 1];
        _shapes = new MessageShape?[last + 1];
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.Message)
            {
                _messages[field.FieldNumber] = field.MessageType;
            }
        }
    }

    public static MessageShape Of(MessageDescriptor type) => Known.GetOrAdd(type, static type => new MessageShape(type));

    /// <summary>The shape of a field that is a message; null for any other.</summary>
    public MessageShape? Find(uint field)
        => field < (uint)_messages.Length && _messages[field] is { } type ? _shapes[field] ??= Of(type) : null;
}
