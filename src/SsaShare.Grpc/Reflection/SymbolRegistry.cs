using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>The proto files that a server's services need, and which symbol is in which.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _fileOfSymbol = new(StringComparer.Ordinal);

    private SymbolRegistry(IEnumerable<FileDescriptor> files)
    {
        foreach (FileDescriptor file in files)
        {
            AddFile(file);
        }
    }

    /// <summary>Takes in the files and all that they import.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors) => new(fileDescriptors);

    /// <summary>Null when there is no such file.</summary>
    public FileDescriptor? FileByName(string filename) => _files.GetValueOrDefault(filename);

    /// <param name="symbol">Full name of a message, enum, service, method or field.</param>
    /// <returns>Null when there is no such symbol.</returns>
    public FileDescriptor? FileContainingSymbol(string symbol) => _fileOfSymbol.GetValueOrDefault(symbol);

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (FileDescriptor import in file.Dependencies)
        {
            AddFile(import);
        }

        AddSymbols(file, file.EnumTypes);
        foreach (MessageDescriptor message in file.MessageTypes)
        {
            AddMessage(file, message);
        }

        foreach (ServiceDescriptor service in file.Services)
        {
            _fileOfSymbol[service.FullName] = file;
            AddSymbols(file, service.Methods);
        }
    }

    private void AddMessage(FileDescriptor file, MessageDescriptor message)
    {
        _fileOfSymbol[message.FullName] = file;
        AddSymbols(file, message.Fields.InDeclarationOrder());
        AddSymbols(file, message.Oneofs);
        AddSymbols(file, message.EnumTypes);
        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            AddMessage(file, nested);
        }
    }

    private void AddSymbols(FileDescriptor file, IEnumerable<IDescriptor> symbols)
    {
        foreach (IDescriptor symbol in symbols)
        {
            _fileOfSymbol[symbol.FullName] = file;
        }
    }
}
